package io.tollgate.simulator.year;

import static io.tollgate.simulator.year.Customer.DAY;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.simulator.history.Dice;
import io.tollgate.simulator.history.Events;
import java.util.List;

/** Refunds and disputes of an account's payments, of each at most one: what they take is known. */
final class MoneyBack {

  private static final String PAYMENTS = TopicCatalogue.PAYMENT_EVENTS.name();

  /** Ways that a dispute goes; of two that come in the wrong order the end is the same. */
  private static final List<List<String>> DISPUTES =
      List.of(
          List.of("INQUIRY"),
          List.of("INQUIRY", "OPEN", "WON"),
          List.of("OPEN", "LOST"),
          List.of("OPEN", "INQUIRY", "LOST"),
          List.of("WON", "OPEN"),
          List.of("LOST", "OPEN"));

  private final VirtualYear year;
  private final String account;
  private final Dice dice;

  MoneyBack(VirtualYear year, String account, Dice dice) {
    this.year = year;
    this.account = account;
    this.dice = dice;
  }

  /** A payment was taken; a few of them go back within two months. */
  void mayGoBack(String payment, long amount) {
    int fate = dice.below(100);
    if (fate < 6) {
      later(dice.between(1, 40) * DAY, () -> askForRefund(payment, amount));
    } else if (fate < 9) {
      long disputed = dice.between(1, amount);
      long time = 0;
      for (String status : dice.oneOf(DISPUTES)) {
        time += dice.between(1, 15) * DAY;
        later(time, () -> dispute(payment, disputed, status));
      }
    }
  }

  private void later(long millis, Runnable action) {
    year.after(
        millis,
        () -> {
          if (year.isOpen()) {
            action.run();
          }
        });
  }

  private void askForRefund(String payment, long amount) {
    year.send(
        TopicCatalogue.ACCOUNT_EVENTS.name(),
        "RefundRequested",
        Events.refundRequest(
            "request-" + payment,
            account,
            year.isoNow(),
            payment,
            dice.oneOf("BILLING_ERROR", "DUPLICATE_PAYMENT", "OTHER")));
    long refunded = dice.between(1, amount);
    later(DAY, () -> refund(payment, refunded, "PENDING"));
    later(dice.between(1, 5) * DAY, () -> refund(payment, refunded, "SUCCEEDED"));
    if (dice.percent(20)) {
      later(dice.between(6, 10) * DAY, () -> refund(payment, refunded, "FAILED"));
    }
  }

  private void refund(String payment, long amount, String status) {
    if (status.equals("SUCCEEDED")) {
      year.books().expect(account).refunded += amount;
    } else if (status.equals("FAILED")) {
      year.books().expect(account).refunded -= amount;
    }
    ObjectNode event =
        Events.refund("refund-" + payment, payment, account, year.isoNow(), amount, status);
    year.send(PAYMENTS, "PaymentRefunded", event);
  }

  private void dispute(String payment, long amount, String status) {
    if (status.equals("LOST")) {
      year.books().expect(account).disputed += amount;
    }
    ObjectNode event =
        Events.dispute("dispute-" + payment, payment, account, year.isoNow(), amount, status);
    year.send(PAYMENTS, "DisputeUpdated", event);
  }
}
