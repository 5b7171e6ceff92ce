package io.tollgate.mapping;

import io.tollgate.domain.effect.Effect.Cause;
import io.tollgate.domain.effect.Effect.ReversalRejected;
import io.tollgate.domain.event.AccountEvent.DisputeUpdated;
import io.tollgate.domain.event.AccountEvent.PaymentRefunded;
import io.tollgate.domain.event.AccountEvent.Reversal;
import io.tollgate.events.DisputeStatus;
import io.tollgate.events.RefundStatus;
import io.tollgate.events.RejectedEvent;
import io.tollgate.schemas.serde.EventCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * Rejections of refunds and disputes that waited for their payment. The record itself is gone by
 * then: its value is written anew, in the schema of today; the original is at its coordinates.
 */
final class ReversalRejections {

  private ReversalRejections() {}

  static RejectedEvent record(ReversalRejected rejected) {
    Cause cause = rejected.cause();
    return Rejections.rejectedEvent(
        rejected.rejection(),
        cause.topic(),
        cause.partition(),
        cause.offset(),
        rejected.accountId().getBytes(StandardCharsets.UTF_8),
        EventCodec.encode(reversal(rejected.reversal())),
        rejected.rejectedAt());
  }

  private static SpecificRecord reversal(Reversal reversal) {
    if (reversal instanceof PaymentRefunded refund) {
      return new io.tollgate.events.PaymentRefunded(
          refund.refundId(),
          refund.paymentId(),
          refund.accountId(),
          refund.amountNanos(),
          RefundStatus.valueOf(refund.status().name()),
          Instant.ofEpochMilli(refund.occurredAt()));
    } else if (reversal instanceof DisputeUpdated dispute) {
      return new io.tollgate.events.DisputeUpdated(
          dispute.disputeId(),
          dispute.paymentId(),
          dispute.accountId(),
          dispute.amountNanos(),
          DisputeStatus.valueOf(dispute.status().name()),
          Instant.ofEpochMilli(dispute.occurredAt()));
    }
    throw new IllegalStateException("No record for " + reversal.getClass().getName());
  }
}
