package io.tollgate.domain.account;

import io.tollgate.domain.Rejection;
import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.effect.Effect.AlertType;
import io.tollgate.domain.effect.Effect.Cause;
import io.tollgate.domain.effect.Effect.EntryType;
import io.tollgate.domain.effect.Effect.LotMovement;
import io.tollgate.domain.effect.Effect.ReversalRejected;
import io.tollgate.domain.event.AccountEvent.DisputeStatus;
import io.tollgate.domain.event.AccountEvent.DisputeUpdated;
import io.tollgate.domain.event.AccountEvent.PaymentRefunded;
import io.tollgate.domain.event.AccountEvent.RefundStatus;
import io.tollgate.domain.event.AccountEvent.Reversal;
import io.tollgate.domain.identity.Memory;
import io.tollgate.domain.identity.PaymentRecord;
import io.tollgate.domain.identity.Remembered;
import io.tollgate.domain.identity.ReversalRecord;
import io.tollgate.domain.identity.WaitingReversal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What refunds and disputes do to the payment that they are of: the highest status counts, in
 * whatever order they come.
 */
final class Reversals {

  private final Step step;
  private final Memory memory;
  private final PaymentBook payments;

  Reversals(Step step, Memory memory) {
    this.step = step;
    this.memory = memory;
    this.payments = new PaymentBook(step, memory);
  }

  /** Applies what has waited for a payment that has just been credited. */
  void paymentArrived(String paymentId) {
    List<WaitingReversal> waiting = memory.waiting(step.account.id, paymentId);
    if (waiting.isEmpty()) {
      return;
    }
    step.remember(new Remembered.Waiting(paymentId, List.of()));
    for (WaitingReversal each : waiting) {
      Rejection refused = apply(each.reversal(), each.cause());
      if (refused != null) {
        unclaim(each.reversal());
        step.emit(new ReversalRejected(each.reversal(), each.cause(), refused, step.time));
      }
    }
  }

  /** What is refused claims no identity, also if nobody could know before. */
  private void unclaim(Reversal reversal) {
    if (reversal instanceof PaymentRefunded refund) {
      remember(refund, payments.refund(refund.refundId()).unclaimed(refund.status()));
    } else if (reversal instanceof DisputeUpdated dispute) {
      remember(dispute, payments.dispute(dispute.disputeId()).unclaimed(dispute.status()));
    }
  }

  /** Null if it took effect; otherwise nothing has changed. Its payment must be known. */
  @Nullable Rejection apply(Reversal reversal, Cause cause) {
    if (reversal instanceof PaymentRefunded refund) {
      return apply(refund, cause);
    } else if (reversal instanceof DisputeUpdated dispute) {
      return apply(dispute, cause);
    }
    throw new IllegalStateException("no rule for " + reversal.getClass().getSimpleName());
  }

  private @Nullable Rejection apply(PaymentRefunded refund, Cause cause) {
    ReversalRecord<RefundStatus> known = payments.refund(refund.refundId());
    if (!known.rises(refund.status())) {
      return null;
    }
    long takes = refund.status() == RefundStatus.SUCCEEDED ? refund.amountNanos() : 0;
    long left = payments.get(refund.paymentId()).leftNanos();
    if (takes > left) {
      return new Rejection(
          RejectionReason.OVER_REVERSAL,
          "refund %s is of %s, but only %s of payment %s have not gone back already"
              .formatted(
                  refund.refundId(), step.money(takes), step.money(left), refund.paymentId()));
    }
    long free = 0;
    if (refund.status() == RefundStatus.SUCCEEDED) {
      free = take(EntryType.REFUND, refund, takes, cause);
    } else if (known.status() == RefundStatus.SUCCEEDED) {
      giveBack(refund, known, cause);
    }
    remember(refund, known.raised(refund.status(), takes, free));
    return null;
  }

  private @Nullable Rejection apply(DisputeUpdated dispute, Cause cause) {
    ReversalRecord<DisputeStatus> known = payments.dispute(dispute.disputeId());
    if (!known.rises(dispute.status())) {
      return null;
    }
    PaymentRecord payment = payments.get(dispute.paymentId());
    long freezes = dispute.status() == DisputeStatus.OPEN ? dispute.amountNanos() : 0;
    long others = payment.reversed().disputed() - known.amountNanos();
    if (freezes > Long.MAX_VALUE - others) {
      return new Rejection(
          RejectionReason.OVERFLOW,
          "the open disputes of payment %s exceed what a 64-bit number of nano-units holds"
              .formatted(dispute.paymentId()));
    }
    freeze(dispute.paymentId(), payment, others + freezes);
    if (dispute.status() == DisputeStatus.LOST) {
      lose(dispute, cause);
    }
    remember(dispute, known.raised(dispute.status(), freezes, 0));
    return null;
  }

  private void freeze(String paymentId, PaymentRecord payment, long disputed) {
    remember(paymentId, payment.withDisputed(disputed));
    Lot lot = step.account.books.boughtLot(paymentId);
    if (lot != null) {
      step.account.books.replace(lot, lot.withDisputed(disputed));
    }
  }

  /** Takes what is left to take; what is beyond comes due if a refund gives back. */
  private void lose(DisputeUpdated dispute, Cause cause) {
    PaymentRecord payment = payments.get(dispute.paymentId());
    long taken = Math.min(dispute.amountNanos(), payment.leftNanos());
    long excess = dispute.amountNanos() - taken;
    take(EntryType.DISPUTE_LOST, dispute, taken, cause);
    addExcess(dispute.paymentId(), excess);
    if (step.account.recharge.disputeLost(step.rechargeOutbox)) {
      step.alert(
          AlertType.RECHARGE_DISABLED,
          dispute.disputeId(),
          "Dispute %s about payment %s is lost: %s were taken back, %s were beyond what was left of the payment. The card is charged no more until auto-recharge is configured anew."
              .formatted(
                  dispute.disputeId(), dispute.paymentId(), step.money(taken), step.money(excess)));
    }
  }

  private void addExcess(String paymentId, long nanos) {
    PaymentRecord payment = payments.get(paymentId);
    long room = payment.amountNanos() - payment.reversed().excess();
    remember(paymentId, payment.withExcess(payment.reversed().excess() + Math.min(nanos, room)));
  }

  /** Takes back, first for free what has expired. Returns how much was free. */
  private long take(EntryType type, Reversal reversal, long amount, Cause cause) {
    PaymentRecord payment = payments.get(reversal.paymentId());
    long free = Math.min(amount, payment.reversed().expired());
    long money = amount - free;
    Books books = step.account.books;
    long balanceBefore = books.posted;
    List<LotMovement> movements = books.reverse(reversal.paymentId(), money);
    if (type == EntryType.REFUND) {
      books.refunded += money;
    } else {
      books.disputed += money;
    }
    step.entry(cause, type, reversal.occurredAt(), balanceBefore, movements);
    remember(reversal.paymentId(), payment.withTaken(amount, free));
    return free;
  }

  private void giveBack(PaymentRefunded failed, ReversalRecord<RefundStatus> refund, Cause cause) {
    String paymentId = refund.paymentId();
    PaymentRecord payment = payments.get(paymentId);
    long money = refund.amountNanos() - refund.expiredNanos();
    Books books = step.account.books;
    long balanceBefore = books.posted;
    // A notice that came due while nothing was left is not made up for.
    Lot whole = Lot.bought(paymentId, payment, step.time + 1);
    books.refunded -= money;
    List<LotMovement> movements = books.giveBack(whole, money);
    step.entry(cause, EntryType.REFUND_REVERSAL, failed.occurredAt(), balanceBefore, movements);
    remember(paymentId, payment.withTaken(-refund.amountNanos(), -refund.expiredNanos()));
    takeExcess(failed, cause);
  }

  /** A lost dispute that found too little left takes what a failed refund gave back. */
  private void takeExcess(PaymentRefunded failed, Cause cause) {
    PaymentRecord payment = payments.get(failed.paymentId());
    long amount = Math.min(payment.reversed().excess(), payment.leftNanos());
    if (amount > 0) {
      remember(failed.paymentId(), payment.withExcess(payment.reversed().excess() - amount));
      take(EntryType.DISPUTE_LOST, failed, amount, cause);
    }
  }

  private void remember(String paymentId, PaymentRecord payment) {
    step.remember(new Remembered.Payment(paymentId, payment));
  }

  private void remember(PaymentRefunded of, ReversalRecord<RefundStatus> refund) {
    step.remember(new Remembered.Refund(of.refundId(), refund));
  }

  private void remember(DisputeUpdated of, ReversalRecord<DisputeStatus> dispute) {
    step.remember(new Remembered.Dispute(of.disputeId(), dispute));
  }
}
