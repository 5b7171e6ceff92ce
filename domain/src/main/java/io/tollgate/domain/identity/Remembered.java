package io.tollgate.domain.identity;

import io.tollgate.domain.event.AccountEvent.DisputeStatus;
import io.tollgate.domain.event.AccountEvent.RefundStatus;
import java.util.List;

/** Something that a decision adds to the memory. */
public sealed interface Remembered {

  /** Usage, until its time has passed. */
  record Usage(Fingerprint identity, long digest, long until) implements Remembered {}

  /** An authorization that holds nothing, until its time has passed. */
  record Authorization(Fingerprint identity, AuthorizationRecord authorization)
      implements Remembered {}

  /** So much more of a known payment has expired. */
  record Expired(String paymentId, long nanos) implements Remembered {}

  /** A payment, for ever. */
  record Payment(String paymentId, PaymentRecord payment) implements Remembered {}

  /** A refund, for ever. */
  record Refund(String refundId, ReversalRecord<RefundStatus> refund) implements Remembered {}

  /** A dispute, for ever. */
  record Dispute(String disputeId, ReversalRecord<DisputeStatus> dispute) implements Remembered {}

  /** What waits for a payment, until it comes; then nothing waits any more. */
  record Waiting(String paymentId, List<WaitingReversal> reversals) implements Remembered {

    public Waiting {
      reversals = List.copyOf(reversals);
    }
  }

  /** The content of a refund request, for ever. */
  record RefundRequest(String refundRequestId, long digest) implements Remembered {}

  /** The content of a decline, for ever. */
  record Decline(String declineId, long digest) implements Remembered {}

  /** A grant, for ever. */
  record Grant(String grantId, GrantRecord grant) implements Remembered {}

  /** A phone, for ever. */
  record Phone(String phoneHash, PhoneRecord phone) implements Remembered {}
}
