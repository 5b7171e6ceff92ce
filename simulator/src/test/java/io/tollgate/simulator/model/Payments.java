package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Money that comes in and goes back: payments, refunds, disputes, in any order (§7). */
final class Payments {
  private static final List<String> REFUND_ORDER = List.of("PENDING", "SUCCEEDED", "FAILED");
  private static final List<String> DISPUTE_ORDER = List.of("INQUIRY", "OPEN", "WON", "LOST");

  private Payments() {}

  static void succeeded(Step step, JsonNode event) {
    Account account = step.account;
    Currencies.demand(account, event);
    Account.Payment payment = new Account.Payment();
    payment.id = Fields.text(event, "paymentId");
    payment.amount = Fields.number(event, "amountNanos");
    payment.occurredAt = step.occurredAt;
    payment.arrival = account.payments.size();
    payment.card = Fields.optionalText(event, "cardFingerprint");
    account.payments.put(payment.id, payment);
    seeCard(step, event);

    Lot lot = new Lot();
    lot.id = payment.id;
    lot.kind = "PURCHASED";
    lot.granted = payment.amount;
    lot.effectiveAt = step.now;
    lot.boughtAt = step.occurredAt;
    lot.expiresAt = Times.plusMonths(step.occurredAt, 12);
    lot.started = true;
    account.lots.add(lot);
    Expiry.scheduleNotices(step, lot);

    boolean endsRecharge = Recharges.isCurrent(account, event);
    Booking booking = new Booking(step, "PURCHASE");
    Lots.credit(step, booking, lot, payment.amount);
    booking.write();
    if (endsRecharge) {
      Recharges.succeeded(step);
    } else {
      Recharges.credited(step, booking.balanceBefore(), true);
    }
    applyWaiting(step, payment.id);
  }

  static void failed(Step step, JsonNode event, DeclineTable declines) {
    Currencies.demand(step.account, event);
    seeCard(step, event);
    String card = Fields.optionalText(event, "cardFingerprint");
    if (card != null) {
      step.claims.add(
          new Claim.CardDeclined(
              step.account.id,
              card,
              Recharges.requestNamedBy(step.account, event),
              step.occurredAt));
    }
    Recharges.failed(step, event, declines);
  }

  /** The account's card is that of its payment event with the latest own time. */
  private static void seeCard(Step step, JsonNode event) {
    String card = Fields.optionalText(event, "cardFingerprint");
    if (card != null && step.occurredAt >= step.account.cardKnownAt) {
      step.account.card = card;
      step.account.cardKnownAt = step.occurredAt;
    }
  }

  /** A refund or dispute; it waits where its payment has not come yet. */
  static void reversal(Step step, Input input, JsonNode event) {
    if (Identities.isOfAnotherPayment(step.account, input.type(), event)) {
      throw new Rejection("CONFLICTING_DUPLICATE", "it is of another payment");
    }
    if (step.account.payments.containsKey(Fields.text(event, "paymentId"))) {
      apply(step, input.type(), event, step.cause, step.occurredAt);
    } else {
      step.account.waitingReversals.add(
          new Account.WaitingReversal(
              input.type(), event, step.cause, step.occurredAt, input.key()));
    }
  }

  private static void applyWaiting(Step step, String paymentId) {
    List<Account.WaitingReversal> due = new ArrayList<>();
    for (Account.WaitingReversal waiting : step.account.waitingReversals) {
      if (Fields.text(waiting.event(), "paymentId").equals(paymentId)) {
        due.add(waiting);
      }
    }
    step.account.waitingReversals.removeAll(due);
    for (Account.WaitingReversal waiting : due) {
      try {
        apply(step, waiting.type(), waiting.event(), waiting.cause(), waiting.occurredAt());
      } catch (Rejection rejection) {
        refuse(step, waiting, rejection);
      } catch (ArithmeticException overflow) {
        refuse(step, waiting, new Rejection("OVERFLOW", "does not fit into 64 bits"));
      }
    }
  }

  /** It was waiting and nobody could know; it is refused now, with its own coordinates. */
  private static void refuse(Step step, Account.WaitingReversal waiting, Rejection rejection) {
    Identities.forget(step.account, waiting.type(), waiting.event());
    step.lines.add(Rejections.line(rejection, waiting.cause(), waiting.key(), step.now));
  }

  private static void apply(Step step, String type, JsonNode event, Cause cause, long occurredAt) {
    if (type.equals("PaymentRefunded")) {
      refund(step, event, cause, occurredAt);
    } else {
      dispute(step, event, cause, occurredAt);
    }
  }

  private static void refund(Step step, JsonNode event, Cause cause, long occurredAt) {
    Account account = step.account;
    Account.Payment payment = payment(account, event);
    Account.Refund refund =
        account.refunds.computeIfAbsent(Fields.text(event, "refundId"), id -> new Account.Refund());
    String status = Fields.text(event, "status");
    if (REFUND_ORDER.indexOf(status) <= REFUND_ORDER.indexOf(refund.status)) {
      return;
    }
    if (status.equals("SUCCEEDED")) {
      long amount = Fields.number(event, "amountNanos");
      if (amount > payment.amount - payment.reversed) {
        throw new Rejection("OVER_REVERSAL", "more than is left of the payment");
      }
      Taken taken = take(step, "REFUND", payment, amount, cause, occurredAt);
      refund.amount = amount;
      refund.tookFree = taken.free();
      refund.tookMoney = taken.money();
      refund.took = true;
    } else if (status.equals("FAILED") && refund.took) {
      giveBack(step, payment, refund, cause, occurredAt);
    }
    refund.status = status;
  }

  private static void giveBack(
      Step step, Account.Payment payment, Account.Refund refund, Cause cause, long occurredAt) {
    payment.reversed -= refund.amount;
    payment.tookFromExpired -= refund.tookFree;
    Lot lot = lot(step.account, payment);
    if (lot.remaining == 0) {
      lot.expiryJudged = false; // what comes back expires like what arrives late
      lot.writtenOff = false;
    }
    Booking booking = new Booking(step, "REFUND_REVERSAL");
    Lots.credit(step, booking, lot, refund.tookMoney);
    booking.write(cause, occurredAt);
    refund.took = false;
    Recharges.credited(step, booking.balanceBefore(), false);
    long due = Math.min(payment.excess, payment.amount - payment.reversed);
    if (due > 0) {
      // What a lost dispute found taken is there to take now.
      payment.excess -= due;
      take(step, "DISPUTE_LOST", payment, due, cause, occurredAt);
    }
  }

  private static void dispute(Step step, JsonNode event, Cause cause, long occurredAt) {
    Account.Payment payment = payment(step.account, event);
    String id = Fields.text(event, "disputeId");
    Account.Dispute dispute =
        step.account.disputes.computeIfAbsent(id, unused -> new Account.Dispute());
    String status = Fields.text(event, "status");
    if (DISPUTE_ORDER.indexOf(status) <= DISPUTE_ORDER.indexOf(dispute.status)) {
      return;
    }
    long amount = Fields.number(event, "amountNanos");
    if (status.equals("OPEN")) {
      demandRoom(step.account, payment, amount);
    }
    dispute.status = status;
    dispute.paymentId = payment.id;
    dispute.amount = amount;
    if (status.equals("LOST")) {
      long taken = Math.min(amount, payment.amount - payment.reversed);
      take(step, "DISPUTE_LOST", payment, taken, cause, occurredAt);
      payment.excess += Math.min(amount - taken, payment.amount - payment.excess);
      Recharges.disputeLost(step, id);
    }
  }

  /** The sum of a payment's open disputes fits into 64 bits. */
  private static void demandRoom(Account account, Account.Payment payment, long more) {
    long open = more;
    for (Account.Dispute dispute : account.disputes.values()) {
      if (dispute.status.equals("OPEN") && dispute.paymentId.equals(payment.id)) {
        open = Math.addExact(open, dispute.amount);
      }
    }
  }

  /**
   * Takes back: first what has expired, for free, then what is left in the lot, the rest as debt.
   */
  private static Taken take(
      Step step, String type, Account.Payment payment, long amount, Cause cause, long occurredAt) {
    Lot lot = lot(step.account, payment);
    long free = Math.min(amount, lot.expired - payment.tookFromExpired);
    long fromLot = Math.min(amount - free, lot.remaining);
    Booking booking = new Booking(step, type);
    booking.move(lot, -fromLot);
    booking.changeDebt(amount - free - fromLot);
    booking.write(cause, occurredAt);
    payment.reversed += amount;
    payment.tookFromExpired += free;
    return new Taken(free, amount - free);
  }

  private static Account.Payment payment(Account account, JsonNode event) {
    return require(account.payments.get(Fields.text(event, "paymentId")));
  }

  private static Lot lot(Account account, Account.Payment payment) {
    return require(
        account.lots.stream()
            .filter(lot -> lot.isPurchased() && lot.id.equals(payment.id))
            .findFirst()
            .orElse(null));
  }

  private static <T> T require(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("a payment has its lot");
    }
    return value;
  }

  /** What a reversal took. */
  private record Taken(long free, long money) {}
}
