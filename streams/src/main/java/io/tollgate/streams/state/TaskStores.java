package io.tollgate.streams.state;

import io.tollgate.domain.account.Account;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** The stores of one account task, opened as a task before left them. */
public final class TaskStores {

  private final UnsavedChanges changes = new UnsavedChanges();
  private final KeyValueStore<Bytes, byte[]> snapshots;
  private final Journal journal;
  private final ForeverStore forever;
  private final ReferenceStore reference;

  /**
   * Reads the journal and the reference.
   *
   * @param byName the stores by the names that {@link StateStores} has for them
   * @param partitions partition count of this installation, fixed for its life
   * @throws PartitionCountChangedException if the state is of another count
   */
  public TaskStores(Function<String, KeyValueStore<Bytes, byte[]>> byName, int partitions) {
    snapshots = byName.apply(StateStores.ACCOUNTS);
    journal = new Journal(byName.apply(StateStores.JOURNAL), partitions, changes::read);
    forever = new ForeverStore(byName.apply(StateStores.PAYMENTS));
    reference = new ReferenceStore(byName.apply(StateStores.REFERENCE));
  }

  public Journal journal() {
    return journal;
  }

  public ForeverStore forever() {
    return forever;
  }

  public ReferenceStore reference() {
    return reference;
  }

  /**
   * The accounts, with the changes that the journal knows beyond their snapshots; to be called
   * once.
   *
   * @param nextDeadline as {@link io.tollgate.domain.account.AccountRules#nextDeadline} says
   */
  public AccountStore accounts(ToLongFunction<Account> nextDeadline) {
    return new AccountStore(snapshots, journal, changes, nextDeadline);
  }
}
