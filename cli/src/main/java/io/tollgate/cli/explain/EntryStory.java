package io.tollgate.cli.explain;

import io.tollgate.cli.Money;
import io.tollgate.cli.explain.History.Found;
import io.tollgate.cli.explain.Story.Moment;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.EntryFlag;
import io.tollgate.events.EntryType;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.LotMovement;
import io.tollgate.events.UsageLine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a ledger entry is as it is: what was used at which price, and from which credit it was paid.
 */
final class EntryStory {

  /** A price is for a million units, in nanos of the currency. */
  private static final int COST_DIGITS = 15;

  private EntryStory() {}

  static Story of(History history, Found<LedgerEntry> found) {
    String currency = history.currency();
    LedgerEntry entry = found.value();
    List<String> details = new ArrayList<>();
    BigDecimal exact = BigDecimal.ZERO;
    for (UsageLine line : entry.getLines()) {
      BigDecimal cost =
          BigDecimal.valueOf(line.getQuantity())
              .multiply(BigDecimal.valueOf(line.getNanosPerMillion()))
              .movePointLeft(COST_DIGITS);
      exact = exact.add(cost);
      details.add(
          "%s: %,d at %s a million = %s"
              .formatted(
                  line.getMeter(),
                  line.getQuantity(),
                  Money.digits(line.getNanosPerMillion()),
                  Money.digits(cost)));
    }
    if (!entry.getLines().isEmpty()) {
      details.add(
          "exactly %s %s; whole nanos are debited, and the fraction is carried to the next call"
              .formatted(Money.digits(exact), currency));
    }
    long moved = 0;
    for (LotMovement movement : entry.getLotMovements()) {
      moved += movement.getDeltaNanos();
      details.add(
          "%s %s: %s"
              .formatted(
                  movement.getDeltaNanos() < 0 ? "taken from" : "added to",
                  lot(history, movement.getLotId(), currency),
                  Money.format(Math.abs(movement.getDeltaNanos()), currency)));
    }
    long owed = moved - entry.getAmountNanos();
    if (owed != 0) {
      details.add(
          "%s %s; the debt is %s"
              .formatted(
                  owed > 0 ? "owed:" : "debt paid:",
                  Money.format(Math.abs(owed), currency),
                  Money.format(entry.getDebtAfterNanos(), currency)));
    }
    if (entry.getWrittenOffNanos() > 0) {
      details.add(
          "written off, beyond the overdraft limit: "
              + Money.format(entry.getWrittenOffNanos(), currency));
    }
    for (EntryFlag flag : entry.getFlags()) {
      details.add(words(flag));
    }
    details.add(
        "balance: %s before, %s after"
            .formatted(
                Money.format(entry.getBalanceBeforeNanos(), currency),
                Money.format(entry.getBalanceAfterNanos(), currency)));
    List<Moment> moments = new ArrayList<>();
    moments.add(
        new Moment(entry.getRecordedAt(), "booked as entry " + entry.getEntryId(), found.source()));
    for (Found<BalanceAlert> alert : history.all(BalanceAlert.class)) {
      if (alert.value().getCauseId().equals(entry.getCause().getId())) {
        moments.add(Moment.of(alert));
      }
    }
    return new Story(
        "entry",
        entry.getEntryId(),
        entry.getAccountId(),
        headline(entry, currency),
        details,
        moments,
        List.of());
  }

  private static String headline(LedgerEntry entry, String currency) {
    String amount = Money.format(Math.abs(entry.getAmountNanos()), currency);
    String cause = entry.getCause().getId();
    return switch (entry.getType()) {
      case USAGE -> "%s was charged %s for usage %s".formatted(entry.getAccountId(), amount, cause);
      case PURCHASE ->
          "%s was credited %s for payment %s".formatted(entry.getAccountId(), amount, cause);
      case GRANT -> "%s was granted %s by %s".formatted(entry.getAccountId(), amount, cause);
      case EXPIRY -> "%s of credit %s expired".formatted(amount, cause);
      case REFUND -> "%s was taken back for refund %s".formatted(amount, cause);
      case REFUND_REVERSAL -> "%s was given back, since refund %s failed".formatted(amount, cause);
      case DISPUTE_LOST -> "%s was taken back for lost dispute %s".formatted(amount, cause);
      case VOID -> "%s of grant %s was voided".formatted(amount, cause);
    };
  }

  /** What the credit is: the entry that first added to it says. */
  private static String lot(History history, String lotId, String currency) {
    return history.all(LedgerEntry.class).stream()
        .map(Found::value)
        .filter(
            entry -> entry.getType() == EntryType.PURCHASE || entry.getType() == EntryType.GRANT)
        .filter(
            entry ->
                entry.getLotMovements().stream()
                    .anyMatch(
                        movement ->
                            movement.getLotId().equals(lotId) && movement.getDeltaNanos() > 0))
        .findFirst()
        .map(
            entry ->
                "%s (%s of %s at %s)"
                    .formatted(
                        lotId,
                        entry.getType() == EntryType.PURCHASE ? "purchase" : "grant",
                        Money.format(entry.getAmountNanos(), currency),
                        entry.getRecordedAt()))
        .orElse(lotId);
  }

  private static String words(EntryFlag flag) {
    return switch (flag) {
      case NOT_CHARGED -> "not charged: the call failed";
      case OVERRUN -> "it cost more than its authorization held";
      case LATE_SETTLEMENT -> "the hold of its authorization had ended before";
    };
  }
}
