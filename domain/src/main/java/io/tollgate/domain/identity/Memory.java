package io.tollgate.domain.identity;

import io.tollgate.domain.event.AccountEvent.DisputeStatus;
import io.tollgate.domain.event.AccountEvent.RefundStatus;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What has been decided before, as the rules ask for it. */
public interface Memory {

  /** Content of the usage with this identity; null if none is remembered at that time. */
  @Nullable Long usage(Fingerprint identity, long at);

  /** The authorization with this identity, if it holds nothing and is remembered at that time. */
  @Nullable AuthorizationRecord authorization(Fingerprint identity, long at);

  /** Null for a payment nobody has heard of. */
  @Nullable PaymentRecord payment(String accountId, String paymentId);

  /** A payment of the account that is like this; null if there is none. */
  Remembered.@Nullable Payment findPayment(String accountId, Predicate<Remembered.Payment> wanted);

  /** Null for a refund nobody has heard of. */
  @Nullable ReversalRecord<RefundStatus> refund(String accountId, String refundId);

  /** Null for a dispute nobody has heard of. */
  @Nullable ReversalRecord<DisputeStatus> dispute(String accountId, String disputeId);

  /** The refunds and disputes that wait for this payment, in the order in which they came. */
  List<WaitingReversal> waiting(String accountId, String paymentId);

  /** Content of the refund request with this id; null for one nobody has heard of. */
  @Nullable Long refundRequest(String accountId, String refundRequestId);

  /** Content of the decline with this id; null if nobody has heard of it. */
  @Nullable Long decline(String accountId, String declineId);

  /** Null for a grant nobody has heard of. */
  @Nullable GrantRecord grant(String accountId, String grantId);

  /** Null for a phone that was never verified for the account. */
  @Nullable PhoneRecord phone(String accountId, String phoneHash);
}
