package io.tollgate.domain.account;

import io.tollgate.domain.Limits;
import io.tollgate.domain.Rejection;
import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.event.AccountEvent.DisputeStatus;
import io.tollgate.domain.event.AccountEvent.DisputeUpdated;
import io.tollgate.domain.event.AccountEvent.PaymentRefunded;
import io.tollgate.domain.event.AccountEvent.RefundStatus;
import io.tollgate.domain.event.AccountEvent.Reversal;
import io.tollgate.domain.identity.ContentDigest;
import io.tollgate.domain.identity.Memory;
import io.tollgate.domain.identity.Remembered;
import io.tollgate.domain.identity.ReversalRecord;
import io.tollgate.domain.identity.WaitingReversal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refunds and disputes as they are reported: each status once, also before their payment. */
final class ReversalRules {

  private final RuleSettings settings;
  private final Memory memory;

  ReversalRules(RuleSettings settings, Memory memory) {
    this.settings = settings;
    this.memory = memory;
  }

  Decision decide(Account before, PaymentRefunded refund, Arrival arrival) {
    String what = "refund " + refund.refundId();
    ReversalRecord<RefundStatus> known =
        orNew(memory.refund(refund.accountId(), refund.refundId()), refund);
    long digest = ContentDigest.of(refund);
    Decision repeated = repeated(known, refund.status(), digest, refund, what);
    if (repeated != null) {
      return repeated;
    }
    Step step = AccountRules.step(before, settings, refund, arrival, refund.refundId());
    step.remember(new Remembered.Refund(refund.refundId(), known.claimed(refund.status(), digest)));
    return apply(step, refund);
  }

  Decision decide(Account before, DisputeUpdated dispute, Arrival arrival) {
    String what = "dispute " + dispute.disputeId();
    ReversalRecord<DisputeStatus> known =
        orNew(memory.dispute(dispute.accountId(), dispute.disputeId()), dispute);
    long digest = ContentDigest.of(dispute);
    Decision repeated = repeated(known, dispute.status(), digest, dispute, what);
    if (repeated != null) {
      return repeated;
    }
    Step step = AccountRules.step(before, settings, dispute, arrival, dispute.disputeId());
    step.remember(
        new Remembered.Dispute(dispute.disputeId(), known.claimed(dispute.status(), digest)));
    return apply(step, dispute);
  }

  /** One of which every status was refused is as good as new. */
  private static <S extends Enum<S>> ReversalRecord<S> orNew(
      @Nullable ReversalRecord<S> known, Reversal reversal) {
    return known == null || known.digests().isEmpty()
        ? ReversalRecord.of(reversal.paymentId())
        : known;
  }

  private static <S extends Enum<S>> @Nullable Decision repeated(
      ReversalRecord<S> known, S status, long digest, Reversal reversal, String what) {
    Long seen = known.digests().get(status);
    if (seen != null) {
      return Duplicates.of(seen, digest, what + " as " + status);
    }
    if (!known.paymentId().equals(reversal.paymentId())) {
      return new Decision.Rejected(
          new Rejection(
              RejectionReason.CONFLICTING_DUPLICATE,
              "%s is of payment %s, not of %s; send new facts under a new id"
                  .formatted(what, known.paymentId(), reversal.paymentId())));
    }
    return null;
  }

  private Decision apply(Step step, Reversal reversal) {
    boolean waits = memory.payment(reversal.accountId(), reversal.paymentId()) == null;
    Rejection refused =
        waits ? wait(step, reversal) : new Reversals(step, memory).apply(reversal, step.cause);
    return refused == null ? step.finish() : new Decision.Rejected(refused);
  }

  private @Nullable Rejection wait(Step step, Reversal reversal) {
    List<WaitingReversal> waiting =
        new ArrayList<>(memory.waiting(reversal.accountId(), reversal.paymentId()));
    if (waiting.size() >= Limits.WAITING_REVERSALS) {
      return new Rejection(
          RejectionReason.LIMIT_EXCEEDED,
          "%d refunds and disputes wait for payment %s already; replay it when the payment has come"
              .formatted(waiting.size(), reversal.paymentId()));
    }
    waiting.add(new WaitingReversal(reversal, step.cause));
    step.remember(new Remembered.Waiting(reversal.paymentId(), waiting));
    return null;
  }
}
