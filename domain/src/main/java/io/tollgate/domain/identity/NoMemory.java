package io.tollgate.domain.identity;

import io.tollgate.domain.event.AccountEvent.DisputeStatus;
import io.tollgate.domain.event.AccountEvent.RefundStatus;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The memory of whoever tries the rules on records that nobody has sent. */
public final class NoMemory implements Memory {

  @Override
  public @Nullable Long usage(Fingerprint identity, long at) {
    return null;
  }

  @Override
  public @Nullable AuthorizationRecord authorization(Fingerprint identity, long at) {
    return null;
  }

  @Override
  public @Nullable PaymentRecord payment(String accountId, String paymentId) {
    return null;
  }

  @Override
  public Remembered.@Nullable Payment findPayment(
      String accountId, Predicate<Remembered.Payment> wanted) {
    return null;
  }

  @Override
  public @Nullable ReversalRecord<RefundStatus> refund(String accountId, String refundId) {
    return null;
  }

  @Override
  public @Nullable ReversalRecord<DisputeStatus> dispute(String accountId, String disputeId) {
    return null;
  }

  @Override
  public List<WaitingReversal> waiting(String accountId, String paymentId) {
    return List.of();
  }

  @Override
  public @Nullable Long refundRequest(String accountId, String refundRequestId) {
    return null;
  }

  @Override
  public @Nullable Long decline(String accountId, String declineId) {
    return null;
  }

  @Override
  public @Nullable GrantRecord grant(String accountId, String grantId) {
    return null;
  }

  @Override
  public @Nullable PhoneRecord phone(String accountId, String phoneHash) {
    return null;
  }
}
