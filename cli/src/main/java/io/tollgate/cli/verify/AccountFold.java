package io.tollgate.cli.verify;

import io.tollgate.events.AccountBalance;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.Lifetime;
import io.tollgate.events.LotBalance;
import io.tollgate.events.LotMovement;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One account's books, added up entry by entry, and compared with its balance at the version of
 * that balance.
 */
final class AccountFold {

  private final String accountId;
  private final Findings findings;

  private long version;
  private long posted;
  private long debt;
  private final Map<String, Long> lots = new HashMap<>();
  private Lifetime lifetime = noLifetime();

  /** Whether every entry so far was there and in order; if not, sums say nothing. */
  private boolean complete = true;

  private @Nullable AccountBalance awaited;
  private @Nullable AccountBalance compared;
  private long publishedVersion = -1;
  private long postedInLedger;
  private long targetVersion = -1;

  AccountFold(String accountId, Findings findings) {
    this.accountId = accountId;
    this.findings = findings;
  }

  void add(LedgerEntry entry) {
    try {
      check(entry);
      apply(entry);
    } catch (ArithmeticException e) {
      find(entry.getVersion(), "amounts overflow");
      complete = false;
    }
    version = entry.getVersion();
    posted = entry.getBalanceAfterNanos();
    debt = entry.getDebtAfterNanos();
    AccountBalance waiting = awaited;
    if (waiting != null && waiting.getVersion() == version) {
      awaited = null;
      compare(waiting);
    }
  }

  void add(AccountBalance balance) {
    publishedVersion = Math.max(publishedVersion, balance.getVersion());
    if (balance.getVersion() > version) {
      awaited = balance;
    } else if (balance.getVersion() == version) {
      compare(balance);
    }
  }

  private void check(LedgerEntry entry) {
    long at = entry.getVersion();
    String id = accountId + ":" + at;
    if (!entry.getEntryId().equals(id)) {
      find(at, "its id is %s, not %s".formatted(entry.getEntryId(), id));
    }
    if (at != version + 1) {
      find(at, "it follows version %d; versions have no gaps and occur once".formatted(version));
      complete = false;
      return;
    }
    if (entry.getBalanceBeforeNanos() != posted) {
      find(
          at,
          "the balance before is %d, the entry before it left %d"
              .formatted(entry.getBalanceBeforeNanos(), posted));
    }
    long moved = 0;
    for (LotMovement movement : entry.getLotMovements()) {
      moved = Math.addExact(moved, movement.getDeltaNanos());
    }
    long change = Math.subtractExact(moved, Math.subtractExact(entry.getDebtAfterNanos(), debt));
    if (entry.getAmountNanos() != change) {
      find(
          at,
          "the amount is %d, but lots less debt changed by %d"
              .formatted(entry.getAmountNanos(), change));
    }
    long after = Math.addExact(entry.getBalanceBeforeNanos(), entry.getAmountNanos());
    if (entry.getBalanceAfterNanos() != after) {
      find(
          at,
          "the balance after is %d, but before and amount make %d"
              .formatted(entry.getBalanceAfterNanos(), after));
    }
    if (entry.getDebtAfterNanos() < 0) {
      find(at, "the debt is %d, below zero".formatted(entry.getDebtAfterNanos()));
    }
    if (entry.getWrittenOffNanos() < 0) {
      find(at, "%d is written off, below zero".formatted(entry.getWrittenOffNanos()));
    }
  }

  private void apply(LedgerEntry entry) {
    for (LotMovement movement : entry.getLotMovements()) {
      String lotId = movement.getLotId();
      long left = Math.addExact(lots.getOrDefault(lotId, 0L), movement.getDeltaNanos());
      if (left < 0 && complete) {
        find(entry.getVersion(), "lot %s is left with %d, below zero".formatted(lotId, left));
      }
      if (left == 0) {
        lots.remove(lotId);
      } else {
        lots.put(lotId, left);
      }
    }
    count(entry);
  }

  private void count(LedgerEntry entry) {
    long in = entry.getAmountNanos();
    long out = Math.negateExact(in);
    Lifetime sums = lifetime;
    switch (entry.getType()) {
      case PURCHASE -> sums.setPurchased(Math.addExact(sums.getPurchased(), in));
      case GRANT -> sums.setGranted(Math.addExact(sums.getGranted(), in));
      case USAGE -> sums.setUsed(Math.addExact(sums.getUsed(), out));
      case EXPIRY -> sums.setExpired(Math.addExact(sums.getExpired(), out));
      case REFUND, REFUND_REVERSAL -> sums.setRefunded(Math.addExact(sums.getRefunded(), out));
      case DISPUTE_LOST -> sums.setDisputed(Math.addExact(sums.getDisputed(), out));
      case VOID -> sums.setVoided(Math.addExact(sums.getVoided(), out));
    }
    sums.setWrittenOff(Math.addExact(sums.getWrittenOff(), entry.getWrittenOffNanos()));
  }

  private void compare(AccountBalance balance) {
    compared = balance;
    postedInLedger = posted;
    try {
      checkAlone(balance);
    } catch (ArithmeticException e) {
      inBalance(balance, "amounts overflow");
    }
    if (balance.getPostedNanos() != posted) {
      inBalance(
          balance, "it has %d posted, the ledger %d".formatted(balance.getPostedNanos(), posted));
    }
    if (balance.getDebtNanos() != debt) {
      inBalance(
          balance, "it has a debt of %d, the ledger %d".formatted(balance.getDebtNanos(), debt));
    }
    if (!complete) {
      return;
    }
    Map<String, Long> published = new HashMap<>();
    for (LotBalance lot : balance.getLots()) {
      published.merge(lot.getLotId(), lot.getRemainingNanos(), Long::sum);
    }
    if (!published.equals(lots)) {
      inBalance(balance, "its lots differ from the ledger's: " + difference(published));
    }
    if (!balance.getLifetime().equals(lifetime)) {
      inBalance(
          balance,
          "its lifetime is %s, the ledger's %s".formatted(balance.getLifetime(), lifetime));
    }
  }

  private void checkAlone(AccountBalance balance) {
    Lifetime sums = balance.getLifetime();
    long moved = Math.addExact(sums.getPurchased(), sums.getGranted());
    moved = Math.subtractExact(moved, sums.getUsed());
    moved = Math.subtractExact(moved, sums.getExpired());
    moved = Math.subtractExact(moved, sums.getRefunded());
    moved = Math.subtractExact(moved, sums.getDisputed());
    moved = Math.subtractExact(moved, sums.getVoided());
    if (moved != balance.getPostedNanos()) {
      inBalance(
          balance,
          "it has %d posted, but its lifetime adds up to %d"
              .formatted(balance.getPostedNanos(), moved));
    }
    long left = Math.negateExact(balance.getDebtNanos());
    for (LotBalance lot : balance.getLots()) {
      left = Math.addExact(left, lot.getRemainingNanos());
    }
    if (left != balance.getPostedNanos()) {
      inBalance(
          balance,
          "it has %d posted, but lots less debt are %d".formatted(balance.getPostedNanos(), left));
    }
  }

  private String difference(Map<String, Long> published) {
    for (Map.Entry<String, Long> lot : published.entrySet()) {
      long inLedger = lots.getOrDefault(lot.getKey(), 0L);
      if (inLedger != lot.getValue()) {
        return "%s has %d left, not %d".formatted(lot.getKey(), lot.getValue(), inLedger);
      }
    }
    for (Map.Entry<String, Long> lot : lots.entrySet()) {
      if (!published.containsKey(lot.getKey())) {
        return "%s with %d left is missing".formatted(lot.getKey(), lot.getValue());
      }
    }
    return "none";
  }

  /** From now on a balance lags only if it is behind what the ledger has now. */
  void setTarget() {
    targetVersion = version;
  }

  boolean lags() {
    long target = targetVersion < 0 ? version : targetVersion;
    return publishedVersion >= 0 && publishedVersion < target;
  }

  /** Whether its balance speaks of entries that the ledger has not shown. */
  boolean isAhead() {
    return awaited != null;
  }

  /** Whether the ledger knows it but no balance was ever published. */
  boolean isUnpublished() {
    return publishedVersion < 0;
  }

  /** The last balance that was compared; null if none was. */
  @Nullable AccountBalance compared() {
    return compared;
  }

  /** What the ledger had posted at the version of that balance. */
  long postedInLedger() {
    return postedInLedger;
  }

  /** In words, what is wrong with an account whose balance was not seen or not reached. */
  @Nullable String unmatched() {
    AccountBalance waiting = awaited;
    if (waiting != null) {
      return "account %s: its balance is at version %d, the ledger ends at %d"
          .formatted(accountId, waiting.getVersion(), version);
    }
    return isUnpublished()
        ? "account %s: the ledger has %d versions, but there is no balance"
            .formatted(accountId, version)
        : null;
  }

  private void find(long at, String what) {
    findings.add("account %s, entry %d: %s".formatted(accountId, at, what));
  }

  private void inBalance(AccountBalance balance, String what) {
    findings.add("account %s, balance at %d: %s".formatted(accountId, balance.getVersion(), what));
  }

  private static Lifetime noLifetime() {
    return new Lifetime(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L);
  }
}
