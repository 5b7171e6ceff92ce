package io.tollgate.sandbox.demo;

import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.RechargeRequested;
import io.tollgate.schemas.TrustedTypes;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The cards of the demo's customers: charges each idempotency key once, whatever is asked how
 * often, and of some cards nothing is ever heard. Not safe for use by several threads.
 */
final class SimulatedCards {

  static {
    TrustedTypes.trust();
  }

  private static final String PAYMENT_PREFIX = "charge-";

  private final Set<String> silentAccounts;
  private final Map<String, PaymentSucceeded> charges = new HashMap<>();

  /**
   * @param silentAccounts accounts whose cards do not answer
   */
  SimulatedCards(Set<String> silentAccounts) {
    this.silentAccounts = Set.copyOf(silentAccounts);
  }

  /** The result of a charge: the same for the same key; empty if there is none. */
  Optional<PaymentSucceeded> charge(RechargeRequested request, Instant now) {
    if (silentAccounts.contains(request.getAccountId())) {
      return Optional.empty();
    }
    return Optional.of(
        charges.computeIfAbsent(request.getIdempotencyKey(), key -> payment(request, now)));
  }

  /** Whether a payment is one of these charges, rather than a purchase by hand. */
  static boolean isCharge(String paymentId) {
    return paymentId.startsWith(PAYMENT_PREFIX);
  }

  private static PaymentSucceeded payment(RechargeRequested request, Instant now) {
    return PaymentSucceeded.newBuilder()
        .setPaymentId(PAYMENT_PREFIX + request.getIdempotencyKey())
        .setAccountId(request.getAccountId())
        .setAmountNanos(request.getAmountNanos())
        .setCurrency(request.getCurrency())
        .setOccurredAt(now)
        .setRechargeId(request.getRechargeId())
        .setAttempt(request.getAttempt())
        .setCardFingerprint("card-" + request.getAccountId())
        .build();
  }
}
