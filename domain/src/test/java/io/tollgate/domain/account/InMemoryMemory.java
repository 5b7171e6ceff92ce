package io.tollgate.domain.account;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The memory of one account's decisions, in maps. */
final class InMemoryMemory implements Memory {

  private final Map<Fingerprint, Remembered.Usage> usage = new HashMap<>();
  private final Map<Fingerprint, AuthorizationRecord> authorizations = new HashMap<>();
  private final Map<String, PaymentRecord> payments = new HashMap<>();
  private final Map<String, ReversalRecord<RefundStatus>> refunds = new HashMap<>();
  private final Map<String, ReversalRecord<DisputeStatus>> disputes = new HashMap<>();
  private final Map<String, List<WaitingReversal>> waiting = new HashMap<>();
  private final Map<String, Long> refundRequests = new HashMap<>();
  private final Map<String, Long> declines = new HashMap<>();
  private final Map<String, GrantRecord> grants = new HashMap<>();
  private final Map<String, PhoneRecord> phones = new HashMap<>();

  void add(Remembered remembered) {
    if (remembered instanceof Remembered.Usage seen) {
      usage.put(seen.identity(), seen);
    } else if (remembered instanceof Remembered.Authorization seen) {
      authorizations.put(seen.identity(), seen.authorization());
    } else if (remembered instanceof Remembered.Payment seen) {
      payments.put(seen.paymentId(), seen.payment());
    } else if (remembered instanceof Remembered.Expired seen) {
      payments.computeIfPresent(seen.paymentId(), (id, known) -> known.withExpired(seen.nanos()));
    } else if (remembered instanceof Remembered.Refund seen) {
      refunds.put(seen.refundId(), seen.refund());
    } else if (remembered instanceof Remembered.Dispute seen) {
      disputes.put(seen.disputeId(), seen.dispute());
    } else if (remembered instanceof Remembered.Waiting seen) {
      waiting.put(seen.paymentId(), seen.reversals());
    } else if (remembered instanceof Remembered.RefundRequest seen) {
      refundRequests.put(seen.refundRequestId(), seen.digest());
    } else if (remembered instanceof Remembered.Decline seen) {
      declines.put(seen.declineId(), seen.digest());
    } else if (remembered instanceof Remembered.Grant seen) {
      grants.put(seen.grantId(), seen.grant());
    } else if (remembered instanceof Remembered.Phone seen) {
      phones.put(seen.phoneHash(), seen.phone());
    }
  }

  @Override
  public @Nullable Long usage(Fingerprint identity, long at) {
    Remembered.Usage seen = usage.get(identity);
    return seen == null || at > seen.until() ? null : seen.digest();
  }

  @Override
  public @Nullable AuthorizationRecord authorization(Fingerprint identity, long at) {
    AuthorizationRecord seen = authorizations.get(identity);
    return seen == null || at > seen.until() ? null : seen;
  }

  @Override
  public @Nullable PaymentRecord payment(String accountId, String paymentId) {
    return payments.get(paymentId);
  }

  @Override
  public Remembered.@Nullable Payment findPayment(
      String accountId, Predicate<Remembered.Payment> wanted) {
    return payments.entrySet().stream()
        .map(payment -> new Remembered.Payment(payment.getKey(), payment.getValue()))
        .filter(wanted)
        .findFirst()
        .orElse(null);
  }

  @Override
  public @Nullable ReversalRecord<RefundStatus> refund(String accountId, String refundId) {
    return refunds.get(refundId);
  }

  @Override
  public @Nullable ReversalRecord<DisputeStatus> dispute(String accountId, String disputeId) {
    return disputes.get(disputeId);
  }

  @Override
  public List<WaitingReversal> waiting(String accountId, String paymentId) {
    return waiting.getOrDefault(paymentId, List.of());
  }

  @Override
  public @Nullable Long refundRequest(String accountId, String refundRequestId) {
    return refundRequests.get(refundRequestId);
  }

  @Override
  public @Nullable Long decline(String accountId, String declineId) {
    return declines.get(declineId);
  }

  @Override
  public @Nullable GrantRecord grant(String accountId, String grantId) {
    return grants.get(grantId);
  }

  @Override
  public @Nullable PhoneRecord phone(String accountId, String phoneHash) {
    return phones.get(phoneHash);
  }
}
