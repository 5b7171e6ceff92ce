package io.tollgate.cli.verify;

import io.tollgate.events.AccountBalance;
import io.tollgate.events.LedgerEntry;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Adds up the ledger and compares it with the balances: versions without gaps, unbroken chains of
 * before and after, amounts that are the movements of lots and debt, no lot below zero; each
 * balance equal to the ledger at its version, and the sums of both equal.
 *
 * <p>Entries of an account are added in their order. A balance is compared when the ledger reaches
 * its version, so add balances before the entries, or when all entries are in: one that comes after
 * the ledger has passed its version cannot be compared and counts as lagging. Of two balances of an
 * account the later one is added later. Not safe for use by several threads.
 */
public final class LedgerCheck {

  /**
   * The sums over all accounts of a currency, in nanos; entries that balances do not show yet are
   * left out.
   */
  public record Totals(BigInteger ledgerNanos, BigInteger balanceNanos) {

    static final Totals NONE = new Totals(BigInteger.ZERO, BigInteger.ZERO);

    Totals plus(long ledger, long balance) {
      return new Totals(
          ledgerNanos.add(BigInteger.valueOf(ledger)),
          balanceNanos.add(BigInteger.valueOf(balance)));
    }
  }

  /**
   * What came out.
   *
   * @param accounts accounts with an entry or a balance
   * @param entries entries of the ledger
   * @param compared accounts whose balance was compared with the ledger
   * @param lagging accounts whose last balance is older than their last entry
   * @param totals sums by currency
   * @param findingCount how many things do not hold
   * @param findings the first of them
   */
  public record Result(
      long accounts,
      long entries,
      long compared,
      long lagging,
      SortedMap<String, Totals> totals,
      long findingCount,
      List<String> findings) {

    /** Whether everything that was checked holds. */
    public boolean holds() {
      return findingCount == 0;
    }
  }

  private final Map<String, AccountFold> accounts = new HashMap<>();
  private final Findings findings = new Findings();
  private long entries;

  /** The next entry of its account. */
  public void add(LedgerEntry entry) {
    entries++;
    account(entry.getAccountId()).add(entry);
  }

  /** The balance of an account, replacing an earlier one. */
  public void add(AccountBalance balance) {
    account(balance.getAccountId()).add(balance);
  }

  /** A record that does not belong into the books at all. */
  public void addForeign(String where, String reason) {
    findings.add(where + ": " + reason);
  }

  /**
   * Takes what the ledger has now as what balances must show: entries that come later, while
   * somebody waits for the balances, make none lag.
   */
  public void setTarget() {
    accounts.values().forEach(AccountFold::setTarget);
  }

  /** Accounts whose last balance is older than their last entry. */
  public long lagging() {
    return accounts.values().stream().filter(AccountFold::lags).count();
  }

  /** Accounts of which only the balance, or only the ledger, has been seen so far. */
  public long unmatched() {
    return accounts.values().stream()
        .filter(account -> account.isAhead() || account.isUnpublished())
        .count();
  }

  /** How many entries were added. */
  public long entries() {
    return entries;
  }

  /** What came out; more may be added afterwards. */
  public Result result() {
    Findings all = findings.copy();
    SortedMap<String, Totals> totals = new TreeMap<>();
    long compared = 0;
    for (AccountFold account : accounts.values()) {
      String unmatched = account.unmatched();
      if (unmatched != null) {
        all.add(unmatched);
      }
      AccountBalance balance = account.compared();
      if (balance != null) {
        compared++;
        totals.merge(
            balance.getCurrency(),
            Totals.NONE.plus(account.postedInLedger(), balance.getPostedNanos()),
            (a, b) ->
                new Totals(
                    a.ledgerNanos().add(b.ledgerNanos()), a.balanceNanos().add(b.balanceNanos())));
      }
    }
    totals.forEach(
        (currency, sums) -> {
          if (!sums.ledgerNanos().equals(sums.balanceNanos())) {
            all.addFirst(
                "%s: the ledger adds up to %s nanos, the balances to %s"
                    .formatted(currency, sums.ledgerNanos(), sums.balanceNanos()));
          }
        });
    return new Result(
        accounts.size(), entries, compared, lagging(), totals, all.count(), all.first());
  }

  private AccountFold account(String accountId) {
    return accounts.computeIfAbsent(accountId, id -> new AccountFold(id, findings));
  }
}
