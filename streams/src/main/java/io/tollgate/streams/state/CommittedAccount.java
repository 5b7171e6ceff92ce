package io.tollgate.streams.state;

import io.tollgate.domain.account.Account;
import io.tollgate.domain.account.AccountCodec;
import io.tollgate.domain.account.AccountDelta;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One account as its task has committed it, for those who are not the task: read from the
 * changelogs of its partition, first all of {@code accounts}, then all of {@code journal}.
 */
public final class CommittedAccount {

  private final String accountId;
  private final byte[] key;
  private byte @Nullable [] snapshot;

  /** How blocks of the journal changed this account. */
  private final TreeMap<Long, List<byte[]>> deltas = new TreeMap<>();

  public CommittedAccount(String accountId) {
    this.accountId = accountId;
    this.key = accountId.getBytes(StandardCharsets.UTF_8);
  }

  /** Takes a record of the changelog of {@link StateStores#ACCOUNTS}; of any account. */
  public void readAccounts(byte[] recordKey, byte @Nullable [] value) {
    if (Arrays.equals(recordKey, key)) {
      snapshot = value;
    }
  }

  /** Takes a record of the changelog of {@link StateStores#JOURNAL}. */
  public void readJournal(byte[] recordKey, byte @Nullable [] value) {
    long block = ByteBuffer.wrap(recordKey).getLong();
    if (value == null) {
      deltas.remove(block);
    } else {
      deltas.put(block, deltas(JournalBlock.decode(value)));
    }
  }

  private List<byte[]> deltas(JournalBlock block) {
    List<byte[]> changes = new ArrayList<>(0);
    for (JournalEntry entry : block.entries()) {
      if (entry.accountId().equals(accountId)
          && entry.change() instanceof StateChange.Delta delta) {
        changes.add(delta.bytes().get());
      }
    }
    return changes;
  }

  /**
   * The account as of the last records read; null if nothing of it was ever accepted.
   *
   * @throws io.tollgate.domain.codec.CorruptStateException also if its snapshot was replaced while
   *     the journal was read: read again
   */
  public @Nullable Account get() {
    if (snapshot == null) {
      return null;
    }
    Account account = AccountCodec.decode(snapshot);
    for (List<byte[]> changes : deltas.values()) {
      for (byte[] delta : changes) {
        if (AccountDelta.step(delta) > account.steps()) {
          account = AccountDelta.apply(account, delta);
        }
      }
    }
    return account;
  }
}
