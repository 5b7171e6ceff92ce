package io.tollgate.streams.state;

import io.tollgate.domain.account.Account;
import io.tollgate.domain.account.AccountDelta;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** What a journal tells of accounts beyond their snapshots, read entry by entry in its order. */
final class UnsavedChanges {

  private final Map<String, OfAccount> byAccount = new LinkedHashMap<>();

  /** The deltas of one account since its snapshot. */
  static final class OfAccount {

    private final long firstBlock;
    private final List<byte[]> deltas = new ArrayList<>();
    private int size;

    private OfAccount(long firstBlock) {
      this.firstBlock = firstBlock;
    }

    private void add(byte[] delta) {
      deltas.add(delta);
      size += delta.length;
    }

    /** The journal's block with the first of them. */
    long firstBlock() {
      return firstBlock;
    }

    /** Bytes of all of them. */
    int size() {
      return size;
    }

    /** The account as it is, from its snapshot. */
    Account applyTo(Account saved) {
      Account account = saved;
      for (byte[] delta : deltas) {
        account = AccountDelta.apply(account, delta);
      }
      return account;
    }
  }

  void read(long block, JournalEntry entry) {
    if (entry.change() instanceof StateChange.Delta delta) {
      byAccount
          .computeIfAbsent(entry.accountId(), id -> new OfAccount(block))
          .add(delta.bytes().get());
    } else if (entry.change() instanceof StateChange.Saved) {
      byAccount.remove(entry.accountId());
    }
  }

  /** Visits the accounts whose snapshot is not the last word, those changed first first. */
  void forEach(BiConsumer<String, OfAccount> visitor) {
    byAccount.forEach(visitor);
  }
}
