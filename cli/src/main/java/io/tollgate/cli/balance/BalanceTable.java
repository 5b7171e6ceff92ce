package io.tollgate.cli.balance;

import io.tollgate.cli.Money;
import io.tollgate.cli.TextTable;
import io.tollgate.events.AccountBalance;
import io.tollgate.events.Lifetime;
import io.tollgate.events.LotBalance;
import io.tollgate.schemas.json.IsoMillis;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A balance for people. */
final class BalanceTable {

  private final AccountBalance balance;

  BalanceTable(AccountBalance balance) {
    this.balance = balance;
  }

  void print(PrintWriter out) {
    new TextTable()
        .row("account", balance.getAccountId())
        .row("as of", IsoMillis.format(balance.getAsOf()))
        .row("version", Long.toString(balance.getVersion()))
        .row("available", money(balance.getAvailableNanos()))
        .row("posted", money(balance.getPostedNanos()))
        .row("held", money(balance.getHeldNanos()))
        .row("debt", money(balance.getDebtNanos()))
        .print(out);
    out.println();
    if (balance.getLots().isEmpty()) {
      out.println("no credit left");
    } else {
      lots().print(out);
    }
    out.println();
    lifetime().print(out);
  }

  private TextTable lots() {
    TextTable table = TextTable.headed("CREDIT", "KIND", "LEFT", "OF", "FROZEN", "EXPIRES");
    for (LotBalance lot : balance.getLots()) {
      table.row(
          lot.getLotId(),
          lot.getKind().name().toLowerCase(Locale.ROOT),
          money(lot.getRemainingNanos()),
          money(lot.getGrantedNanos()),
          money(lot.getFrozenNanos()),
          expiry(lot.getExpiresAt()));
    }
    return table;
  }

  private TextTable lifetime() {
    Lifetime sums = balance.getLifetime();
    return new TextTable()
        .row("purchased", money(sums.getPurchased()))
        .row("granted", money(sums.getGranted()))
        .row("used", money(sums.getUsed()))
        .row("expired", money(sums.getExpired()))
        .row("refunded", money(sums.getRefunded()))
        .row("disputed", money(sums.getDisputed()))
        .row("voided", money(sums.getVoided()))
        .row("written off", money(sums.getWrittenOff()));
  }

  private static String expiry(@Nullable Instant expiresAt) {
    return expiresAt == null ? "never" : IsoMillis.format(expiresAt);
  }

  private String money(long nanos) {
    return Money.format(nanos, balance.getCurrency());
  }
}
