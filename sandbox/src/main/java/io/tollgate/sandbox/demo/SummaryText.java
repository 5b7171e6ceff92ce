package io.tollgate.sandbox.demo;

import io.tollgate.cli.Colours;
import io.tollgate.cli.Money;
import io.tollgate.events.AlertType;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A summary for people. */
final class SummaryText {

  private final Summary summary;
  private final PrintWriter out;
  private final Colours colours;

  SummaryText(Summary summary, PrintWriter out, boolean colours) {
    this.summary = summary;
    this.out = out;
    this.colours = new Colours(colours);
  }

  void print() {
    title(
        "%s requests of %s accounts in %s s, %s/s · seed %d"
            .formatted(
                Words.count(summary.books().requests().sent()),
                Words.count(summary.accounts()),
                seconds(),
                Words.count(summary.requestsPerSecond()),
                summary.seed()));
    out.println("All numbers are read back from Kafka, committed records only.");
    printRequests();
    printMoney();
    printAccounts();
    printNotices();
    printChecks();
    out.flush();
  }

  private String seconds() {
    return String.format(Locale.ROOT, "%.1f", summary.elapsed().toMillis() / 1000.0);
  }

  private void printRequests() {
    RequestFates requests = summary.books().requests();
    heading("Requests");
    row("charged", requests.charged(), "");
    rows("blocked", requests.blocked());
    rows("rejected", requests.rejected());
    row("duplicates", requests.duplicates(), "");
    if (requests.unaccounted() > 0) {
      row("unaccounted", requests.unaccounted(), "");
    }
    row("sent", requests.sent(), "");
  }

  private void rows(String name, Map<? extends Enum<?>, Long> counts) {
    row(name, Words.sum(counts), "");
    counts.forEach((reason, count) -> row("  " + Words.of(reason), count, ""));
  }

  private void printMoney() {
    Books books = summary.books();
    heading("Money");
    row("purchased", books.purchasedNanos());
    row("granted", books.grantedNanos());
    row("recharged", books.rechargedNanos());
    row("charged", books.chargedNanos());
    row("debt", books.debtNanos());
    row("written off", books.writtenOffNanos());
  }

  private void printAccounts() {
    List<AccountTotals> accounts = summary.books().topAccounts();
    heading("Busiest accounts");
    line("", "charged", "requests", "balance");
    for (AccountTotals account : accounts) {
      line(
          account.accountId(),
          Dollars.of(account.chargedNanos()),
          Words.count(account.charges()),
          Dollars.of(account.postedNanos()));
    }
  }

  private void printNotices() {
    Books books = summary.books();
    heading("Alerts");
    books.alerts().forEach((type, count) -> row(Words.of(type), count, ""));
    printRecharges(books);
  }

  private void printRecharges(Books books) {
    RechargeOutcomes recharges = books.recharges();
    heading("Recharges");
    row("succeeded", recharges.succeeded(), "");
    row("declined", Words.sum(recharges.declinesByClass()), "");
    recharges.declinesByClass().forEach((name, count) -> row("  " + Words.of(name), count, ""));
    row("stopped", books.alerts(AlertType.RECHARGE_DISABLED), "for good");
    row("", books.alerts(AlertType.CUSTOMER_ACTION_REQUIRED), "until the customer acts");
    row("delayed", books.alerts(AlertType.RECHARGE_DELAYED), "by the card's budget");
    row("stalled", books.alerts(AlertType.RECHARGE_STALLED), "");
    row("limit reached", books.alerts(AlertType.RECHARGE_LIMIT_REACHED), "");
    row("sent again", recharges.sentAgain(), "");
    row("unanswered", recharges.unanswered(), "");
    out.println("  Declines are tried again after an hour or more, silence after 15 minutes:");
    out.println("  a demo ends before.");
  }

  private void printChecks() {
    heading("Checks");
    check(
        summary.requestsHold(),
        "each request accounted for exactly once (%s repeated, %s broken on purpose)"
            .formatted(
                Words.count(summary.expectedDuplicates()),
                Words.count(Words.sum(summary.expectedRejections()))));
    check(
        summary.chargesHold(),
        "%s charges of cards, %s, for %s recharges credited, each once"
            .formatted(
                Words.count(summary.cards().count()),
                Dollars.of(summary.cards().nanos()),
                Words.count(summary.books().recharges().succeeded())));
    long others = summary.books().rejectedOthers();
    if (others > 0) {
      check(false, Words.count(others) + " payments or account events were rejected");
    }
    var result = summary.books().ledgerCheck();
    result
        .totals()
        .forEach(
            (currency, sums) -> {
              boolean equal = sums.ledgerNanos().equals(sums.balanceNanos());
              check(
                  equal,
                  equal
                      ? "Σ ledger = Σ balances = " + Money.format(sums.ledgerNanos(), currency)
                      : "Σ ledger = %s, Σ balances = %s"
                          .formatted(
                              Money.format(sums.ledgerNanos(), currency),
                              Money.format(sums.balanceNanos(), currency)));
            });
    check(
        result.holds() && result.lagging() == 0,
        "%s entries of %s accounts: no gaps, unbroken, and equal to the balances"
            .formatted(Words.count(result.entries()), Words.count(result.accounts())));
    result.findings().forEach(finding -> out.println("    " + finding));
  }

  private void check(boolean holds, String what) {
    String mark = holds ? colours.green("✓") : colours.red("✗ does not hold:");
    out.println("  %s %s".formatted(mark, what));
  }

  private void title(String text) {
    out.println(colours.bold(text));
  }

  private void heading(String text) {
    out.println();
    out.println(colours.bold(text));
  }

  private void row(String name, long count, String detail) {
    out.println("  %-26s%12s  %s".formatted(name, Words.count(count), detail).stripTrailing());
  }

  private void row(String name, long nanos) {
    out.println("  %-26s%12s".formatted(name, Dollars.of(nanos)));
  }

  private void line(String name, String charged, String requests, String balance) {
    out.println("  %-26s%12s%12s%12s".formatted(name, charged, requests, balance));
  }
}
