package io.tollgate.streams.state;

import io.tollgate.domain.event.AccountEvent.DisputeStatus;
import io.tollgate.domain.event.AccountEvent.RefundStatus;
import io.tollgate.domain.identity.AuthorizationRecord;
import io.tollgate.domain.identity.Fingerprint;
import io.tollgate.domain.identity.GrantRecord;
import io.tollgate.domain.identity.Memory;
import io.tollgate.domain.identity.PaymentRecord;
import io.tollgate.domain.identity.PhoneRecord;
import io.tollgate.domain.identity.Remembered;
import io.tollgate.domain.identity.ReversalRecord;
import io.tollgate.domain.identity.WaitingReversal;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What has been decided before, as the stores of a task hold it. */
public final class StoredMemory implements Memory {

  private final Journal journal;
  private final ForeverStore forever;

  public StoredMemory(Journal journal, ForeverStore forever) {
    this.journal = journal;
    this.forever = forever;
  }

  @Override
  public @Nullable Long usage(Fingerprint identity, long at) {
    return journal.usage(identity, at);
  }

  @Override
  public @Nullable AuthorizationRecord authorization(Fingerprint identity, long at) {
    return journal.authorization(identity, at);
  }

  @Override
  public @Nullable PaymentRecord payment(String accountId, String paymentId) {
    return forever.payment(accountId, paymentId);
  }

  @Override
  public Remembered.@Nullable Payment findPayment(
      String accountId, Predicate<Remembered.Payment> wanted) {
    return forever.findPayment(accountId, wanted);
  }

  @Override
  public @Nullable ReversalRecord<RefundStatus> refund(String accountId, String refundId) {
    return forever.refund(accountId, refundId);
  }

  @Override
  public @Nullable ReversalRecord<DisputeStatus> dispute(String accountId, String disputeId) {
    return forever.dispute(accountId, disputeId);
  }

  @Override
  public List<WaitingReversal> waiting(String accountId, String paymentId) {
    return forever.waiting(accountId, paymentId);
  }

  @Override
  public @Nullable Long refundRequest(String accountId, String refundRequestId) {
    return forever.refundRequest(accountId, refundRequestId);
  }

  @Override
  public @Nullable Long decline(String accountId, String declineId) {
    return forever.decline(accountId, declineId);
  }

  @Override
  public @Nullable GrantRecord grant(String accountId, String grantId) {
    return forever.grant(accountId, grantId);
  }

  @Override
  public @Nullable PhoneRecord phone(String accountId, String phoneHash) {
    return forever.phone(accountId, phoneHash);
  }
}
