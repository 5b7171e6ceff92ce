package io.tollgate.streams.state;

import io.tollgate.domain.account.Account;
import io.tollgate.domain.account.AccountCodec;
import io.tollgate.domain.account.AccountDelta;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of one task: snapshots in the store, those in use decoded on the heap. A change goes
 * into the journal as a delta, and the snapshot follows at leisure: when the deltas since the last
 * outweigh it, when the account leaves the heap, or before the journal forgets one of them.
 */
public final class AccountStore {

  /** Decoded accounts kept by each task: about 1 KB each, and few of all are busy at a time. */
  private static final int DECODED = 20_000;

  /** A larger change is saved as a snapshot: blocks of the journal are to stay small. */
  private static final int LARGEST_DELTA = 16 * 1024;

  /** Deltas that a snapshot is not worth writing for, however small it is. */
  private static final int FEW_DELTAS = 4 * 1024;

  /** How often the size of a snapshot is written as deltas before it is written anew. */
  private static final int DELTAS_PER_SNAPSHOT = 2;

  private final KeyValueStore<Bytes, byte[]> store;
  private final Journal journal;
  private final ToLongFunction<Account> nextDeadline;

  /** Least recently used first. */
  private final Map<String, InUse> inUse = new LinkedHashMap<>(1024, 0.75f, true);

  /** Those with deltas that no snapshot holds, changed first first; all of them are in use. */
  private final Map<String, InUse> unsaved = new LinkedHashMap<>();

  /** A decoded account, and how far its snapshot is behind. */
  private static final class InUse {
    Account account;
    int snapshotBytes;
    int deltaBytes;
    long firstDeltaBlock;

    InUse(Account account, int snapshotBytes) {
      this.account = account;
      this.snapshotBytes = snapshotBytes;
    }
  }

  /**
   * Takes over what a task left behind.
   *
   * @param journal where deltas go
   * @param changes what the journal knew beyond the snapshots
   * @param nextDeadline when an account is due, as {@link
   *     io.tollgate.domain.account.AccountRules#nextDeadline} says
   */
  AccountStore(
      KeyValueStore<Bytes, byte[]> store,
      Journal journal,
      UnsavedChanges changes,
      ToLongFunction<Account> nextDeadline) {
    this.store = store;
    this.journal = journal;
    this.nextDeadline = nextDeadline;
    changes.forEach(this::takeOver);
  }

  private void takeOver(String accountId, UnsavedChanges.OfAccount changes) {
    InUse saved = load(accountId);
    if (saved == null) {
      throw new IllegalStateException("the journal changes an account without a snapshot");
    }
    saved.account = changes.applyTo(saved.account);
    saved.deltaBytes = changes.size();
    saved.firstDeltaBlock = changes.firstBlock();
    inUse.put(accountId, saved);
    unsaved.put(accountId, saved);
  }

  /** Receives an account's next deadline. */
  @FunctionalInterface
  public interface DeadlineVisitor {
    void visit(String accountId, long nextDeadline);
  }

  /** Null if nothing of the account was ever accepted. */
  public @Nullable Account get(String accountId) {
    InUse known = inUse.get(accountId);
    if (known == null) {
      known = load(accountId);
      if (known == null) {
        return null;
      }
      use(accountId, known);
    }
    return known.account;
  }

  /** The same, without keeping it in use: for those who look at all. */
  public @Nullable Account peek(String accountId) {
    InUse known = inUse.get(accountId);
    if (known == null) {
      known = load(accountId);
    }
    return known == null ? null : known.account;
  }

  private @Nullable InUse load(String accountId) {
    byte[] snapshot = store.get(key(accountId));
    return snapshot == null ? null : new InUse(AccountCodec.decode(snapshot), snapshot.length);
  }

  private void use(String accountId, InUse account) {
    inUse.put(accountId, account);
    if (inUse.size() > DECODED) {
      Map.Entry<String, InUse> eldest = inUse.entrySet().iterator().next();
      saveIfChanged(eldest.getValue());
      inUse.remove(eldest.getKey());
    }
  }

  /**
   * Keeps the account as it is after a step.
   *
   * @param before the account before the step, as {@link #get} gave it
   * @return what the journal's entry of this step is to tell; it must be appended next
   */
  public StateChange put(@Nullable Account before, Account after) {
    InUse known = inUse.get(after.id());
    if (before == null || known == null) {
      InUse first = new InUse(after, 0);
      use(after.id(), first);
      writeSnapshot(first);
      return new StateChange.Saved();
    }
    byte[] delta = AccountDelta.between(before, after);
    known.account = after;
    known.deltaBytes += delta.length;
    int mostDeltas = Math.max(FEW_DELTAS, DELTAS_PER_SNAPSHOT * known.snapshotBytes);
    if (delta.length > LARGEST_DELTA || known.deltaBytes > mostDeltas) {
      writeSnapshot(known);
      return new StateChange.Saved();
    }
    if (unsaved.putIfAbsent(after.id(), known) == null) {
      known.firstDeltaBlock = journal.openBlock();
    }
    return new StateChange.Delta(Bytes.wrap(delta));
  }

  /** Saves what has changed in blocks of the journal up to this one, which is about to go. */
  public void saveChangesUpTo(long block) {
    while (!unsaved.isEmpty()) {
      InUse oldest = unsaved.values().iterator().next();
      if (oldest.firstDeltaBlock > block) {
        return;
      }
      saveIfChanged(oldest);
    }
  }

  private void saveIfChanged(InUse account) {
    if (unsaved.containsKey(account.account.id())) {
      writeSnapshot(account);
      journal.append(JournalEntry.saved(account.account.id()));
    }
  }

  private void writeSnapshot(InUse account) {
    byte[] snapshot =
        AccountCodec.encode(account.account, nextDeadline.applyAsLong(account.account));
    store.put(key(account.account.id()), snapshot);
    account.snapshotBytes = snapshot.length;
    account.deltaBytes = 0;
    unsaved.remove(account.account.id());
  }

  /** Visits every account, to learn when each is due. */
  public void forEachDeadline(DeadlineVisitor visitor) {
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> entry = all.next();
        String accountId = new String(entry.key.get(), StandardCharsets.UTF_8);
        InUse changed = unsaved.get(accountId);
        visitor.visit(
            accountId,
            changed == null
                ? AccountCodec.nextDeadline(entry.value)
                : nextDeadline.applyAsLong(changed.account));
      }
    }
  }

  private static Bytes key(String accountId) {
    return Bytes.wrap(accountId.getBytes(StandardCharsets.UTF_8));
  }
}
