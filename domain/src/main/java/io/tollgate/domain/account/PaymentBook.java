package io.tollgate.domain.account;

import io.tollgate.domain.event.AccountEvent.DisputeStatus;
import io.tollgate.domain.event.AccountEvent.RefundStatus;
import io.tollgate.domain.identity.Memory;
import io.tollgate.domain.identity.PaymentRecord;
import io.tollgate.domain.identity.Remembered;
import io.tollgate.domain.identity.ReversalRecord;
import org.jspecify.annotations.Nullable;

/**
 * The payments of a step's account with their refunds and disputes, as the step has left them so
 * far: one step may change a record several times.
 */
final class PaymentBook {

  private final Step step;
  private final Memory memory;

  PaymentBook(Step step, Memory memory) {
    this.step = step;
    this.memory = memory;
  }

  /** Null for a payment nobody has heard of. */
  @Nullable PaymentRecord find(String paymentId) {
    Remembered.Payment newer =
        step.remembered(Remembered.Payment.class, payment -> payment.paymentId().equals(paymentId));
    return newer == null ? memory.payment(step.account.id, paymentId) : newer.payment();
  }

  /** A payment that must be known, as it has a lot, or something was taken from it. */
  PaymentRecord get(String paymentId) {
    return known(find(paymentId));
  }

  /** A refund whose identity is claimed. */
  ReversalRecord<RefundStatus> refund(String refundId) {
    Remembered.Refund newer =
        step.remembered(Remembered.Refund.class, refund -> refund.refundId().equals(refundId));
    return known(newer == null ? memory.refund(step.account.id, refundId) : newer.refund());
  }

  /** A dispute whose identity is claimed. */
  ReversalRecord<DisputeStatus> dispute(String disputeId) {
    Remembered.Dispute newer =
        step.remembered(Remembered.Dispute.class, dispute -> dispute.disputeId().equals(disputeId));
    return known(newer == null ? memory.dispute(step.account.id, disputeId) : newer.dispute());
  }

  private static <R> R known(@Nullable R record) {
    if (record == null) {
      throw new IllegalStateException("what has taken effect is remembered");
    }
    return record;
  }
}
