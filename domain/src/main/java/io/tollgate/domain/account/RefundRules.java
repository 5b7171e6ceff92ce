package io.tollgate.domain.account;

import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.UtcCalendar;
import io.tollgate.domain.effect.Effect.RefundDecided;
import io.tollgate.domain.effect.Effect.RefundDecisionBasis;
import io.tollgate.domain.event.AccountEvent.BuyerType;
import io.tollgate.domain.event.AccountEvent.RefundBasis;
import io.tollgate.domain.event.AccountEvent.RefundRequested;
import io.tollgate.domain.identity.ContentDigest;
import io.tollgate.domain.identity.Memory;
import io.tollgate.domain.identity.PaymentRecord;
import io.tollgate.domain.identity.Remembered;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a payment may be refunded: the ground that is claimed, then those that facts show. */
final class RefundRules {

  /** What facts show whether or not anybody claims it, in the order in which it is tested. */
  private static final List<RefundBasis> SHOWN_BY_FACTS =
      List.of(
          RefundBasis.DUPLICATE_PAYMENT,
          RefundBasis.POLICY_CHANGE_STRANDED,
          RefundBasis.EU_WITHDRAWAL);

  private static final long DUPLICATE_WITHIN = UtcCalendar.DAY_MILLIS;
  private static final long WITHDRAWAL_WITHIN = 14 * UtcCalendar.DAY_MILLIS;

  private final RuleSettings settings;
  private final Memory memory;

  RefundRules(RuleSettings settings, Memory memory) {
    this.settings = settings;
    this.memory = memory;
  }

  Decision decide(Account before, RefundRequested request, Arrival arrival) {
    long digest = ContentDigest.of(request);
    Long known = memory.refundRequest(request.accountId(), request.refundRequestId());
    if (known != null) {
      return Duplicates.of(known, digest, "refund request " + request.refundRequestId());
    }
    Step step = AccountRules.step(before, settings, request, arrival, request.refundRequestId());
    step.remember(new Remembered.RefundRequest(request.refundRequestId(), digest));
    step.emit(decided(step, request));
    return step.finish();
  }

  private RefundDecided decided(Step step, RefundRequested request) {
    PaymentRecord payment = memory.payment(request.accountId(), request.paymentId());
    if (payment == null) {
      return decided(step, request, RefundDecisionBasis.FINAL_SALE, 0, List.of("No such payment."));
    }
    Lot lot = step.account.books.boughtLot(request.paymentId());
    String left =
        "Of %s, %s are left, %s of them frozen by disputes."
            .formatted(
                step.money(payment.amountNanos()),
                step.money(lot == null ? 0 : lot.remaining()),
                step.money(lot == null ? 0 : lot.frozen()));
    long most = lot == null ? 0 : lot.unfrozen();
    for (RefundBasis basis : tested(request.basis())) {
      String evidence = evidence(step, request, payment, basis);
      if (evidence != null) {
        return decided(
            step,
            request,
            RefundDecisionBasis.valueOf(basis.name()),
            most,
            List.of(evidence, left));
      }
    }
    return decided(
        step,
        request,
        RefundDecisionBasis.FINAL_SALE,
        most,
        List.of(
            "Neither a duplicate payment, nor credit stranded by a policy, nor a consumer's withdrawal in time.",
            left));
  }

  private static RefundDecided decided(
      Step step,
      RefundRequested request,
      RefundDecisionBasis basis,
      long most,
      List<String> evidence) {
    return new RefundDecided(
        request.refundRequestId(),
        request.accountId(),
        request.paymentId(),
        basis != RefundDecisionBasis.FINAL_SALE,
        basis,
        most,
        evidence,
        step.time);
  }

  private static List<RefundBasis> tested(RefundBasis claimed) {
    List<RefundBasis> tested = new ArrayList<>(SHOWN_BY_FACTS);
    tested.add(0, claimed);
    return tested;
  }

  /** What speaks for this ground; null if it does not hold. */
  private @Nullable String evidence(
      Step step, RefundRequested request, PaymentRecord payment, RefundBasis basis) {
    return switch (basis) {
      case OTHER -> null;
      case DUPLICATE_PAYMENT -> duplicate(request, payment);
      case POLICY_CHANGE_STRANDED ->
          payment.strandedBy().isEmpty()
              ? null
              : "Policy %s, announced after the purchase, kept it from being used."
                  .formatted(payment.strandedBy().get(0));
      case EU_WITHDRAWAL -> withdrawal(step.account, request, payment);
      case BILLING_ERROR, UNAUTHORIZED_USE, SERVICE_FAILURE, INCORRECT_RESTRICTION ->
          "An operator's word for %s.".formatted(basis);
    };
  }

  private @Nullable String duplicate(RefundRequested request, PaymentRecord payment) {
    Remembered.Payment first =
        memory.findPayment(request.accountId(), other -> repeats(payment, other.payment()));
    return first == null
        ? null
        : "Payment %s took the same amount from the same card at %s, within a day before."
            .formatted(first.paymentId(), UtcCalendar.text(first.payment().occurredAt()));
  }

  /** Whether a payment is the later one of two that are the same. */
  private static boolean repeats(PaymentRecord payment, PaymentRecord earlier) {
    long after = payment.occurredAt() - earlier.occurredAt();
    boolean later = after > 0 || (after == 0 && payment.entryVersion() > earlier.entryVersion());
    return later
        && after <= DUPLICATE_WITHIN
        && payment.amountNanos() == earlier.amountNanos()
        && payment.cardFingerprint() != null
        && payment.cardFingerprint().equals(earlier.cardFingerprint());
  }

  private static @Nullable String withdrawal(
      Account account, RefundRequested request, PaymentRecord payment) {
    boolean holds =
        account.buyerType == BuyerType.CONSUMER
            && account.country != null
            && EuropeanEconomicArea.contains(account.country)
            && request.occurredAt() <= payment.occurredAt() + WITHDRAWAL_WITHIN;
    return holds
        ? "A consumer in %s asked within 14 days of the purchase at %s."
            .formatted(account.country, UtcCalendar.text(payment.occurredAt()))
        : null;
  }
}
