package io.tollgate.cli.top;

import io.tollgate.events.BalanceAlert;
import io.tollgate.events.EntryType;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.RejectedEvent;
import io.tollgate.events.UsageBlocked;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What accounts did since it was started, from the records that the pipeline wrote. */
final class Activity {

  /** One account's part; amounts in nano-units of its currency. */
  static final class OfAccount {
    private final String accountId;
    private long calls;
    private long blocked;
    private BigInteger chargedNanos = BigInteger.ZERO;
    private @Nullable Long balanceNanos;
    private @Nullable String lastAlert;

    private OfAccount(String accountId) {
      this.accountId = accountId;
    }

    String accountId() {
      return accountId;
    }

    /** Entries of usage, charged or not. */
    long calls() {
      return calls;
    }

    long blocked() {
      return blocked;
    }

    BigInteger chargedNanos() {
      return chargedNanos;
    }

    /** After its last entry; null if it had none. */
    @Nullable Long balanceNanos() {
      return balanceNanos;
    }

    /** The type of its last alert; null if it had none. */
    @Nullable String lastAlert() {
      return lastAlert;
    }
  }

  // Sums of accounts of several currencies would say nothing: busy means many calls.
  private static final Comparator<OfAccount> BUSIEST =
      Comparator.comparingLong(OfAccount::calls)
          .thenComparing(OfAccount::blocked)
          .reversed()
          .thenComparing(OfAccount::accountId);

  private final Map<String, OfAccount> accounts = new HashMap<>();
  private long calls;
  private long blocked;
  private long alerts;
  private long rejected;

  void add(SpecificRecord record) {
    if (record instanceof LedgerEntry entry) {
      add(entry);
    } else if (record instanceof UsageBlocked block) {
      blocked++;
      account(block.getAccountId()).blocked++;
    } else if (record instanceof BalanceAlert alert) {
      alerts++;
      account(alert.getAccountId()).lastAlert = alert.getType().name();
    } else if (record instanceof RejectedEvent) {
      rejected++;
    }
  }

  private void add(LedgerEntry entry) {
    OfAccount account = account(entry.getAccountId());
    account.balanceNanos = entry.getBalanceAfterNanos();
    if (entry.getType() == EntryType.USAGE) {
      calls++;
      account.calls++;
      account.chargedNanos =
          account.chargedNanos.subtract(BigInteger.valueOf(entry.getAmountNanos()));
    }
  }

  private OfAccount account(String accountId) {
    return accounts.computeIfAbsent(accountId, OfAccount::new);
  }

  /** The busiest accounts, the busiest first. */
  List<OfAccount> busiest(int most) {
    return accounts.values().stream().sorted(BUSIEST).limit(most).toList();
  }

  /** Accounts that anything was heard of. */
  int accounts() {
    return accounts.size();
  }

  long calls() {
    return calls;
  }

  long blocked() {
    return blocked;
  }

  long alerts() {
    return alerts;
  }

  long rejected() {
    return rejected;
  }
}
