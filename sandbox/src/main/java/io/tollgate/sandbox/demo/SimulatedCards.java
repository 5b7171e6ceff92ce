package io.tollgate.sandbox.demo;

import io.tollgate.events.PaymentFailed;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.RechargeRequested;
import io.tollgate.schemas.TrustedTypes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * The cards of the demo's customers, as a payment provider has them: each idempotency key has one
 * outcome and is charged once at most, whatever is asked how often. Results are told as webhooks
 * tell them: an older one may come again after a newer one.
 */
final class SimulatedCards {

  static {
    TrustedTypes.trust();
  }

  private static final String PAYMENT_PREFIX = "charge-";

  private final Map<String, Card> cards;
  private final Map<String, SpecificRecord> results = new HashMap<>();
  private final Map<String, SpecificRecord> lastOfAccount = new HashMap<>();
  private long charges;
  private long chargedNanos;

  /**
   * What the provider charged.
   *
   * @param count charges made
   * @param nanos their sum
   */
  record Charged(long count, long nanos) {}

  /**
   * @param cards by account; those that are not named have one that pays
   */
  SimulatedCards(Map<String, Card> cards) {
    this.cards = Map.copyOf(cards);
  }

  /**
   * What is told after a request: its result, the same for the same key, and after it once more
   * that of the account's request before. Nothing if the card's bank does not answer.
   */
  synchronized List<SpecificRecord> charge(RechargeRequested request, Instant now) {
    Card card = cards.getOrDefault(request.getAccountId(), Card.PAYS);
    if (card == Card.SILENT) {
      return List.of();
    }
    SpecificRecord result =
        results.computeIfAbsent(request.getIdempotencyKey(), key -> decide(request, card, now));
    SpecificRecord before = lastOfAccount.put(request.getAccountId(), result);
    List<SpecificRecord> told = new ArrayList<>(List.of(result));
    if (before != null) {
      told.add(before);
    }
    return told;
  }

  /** What was charged so far. */
  synchronized Charged charged() {
    return new Charged(charges, chargedNanos);
  }

  /** Whether a payment is one of these charges, rather than a purchase by hand. */
  static boolean isCharge(String paymentId) {
    return paymentId.startsWith(PAYMENT_PREFIX);
  }

  private SpecificRecord decide(RechargeRequested request, Card card, Instant now) {
    String code = card.declineCode();
    if (code != null) {
      return decline(request, code, now);
    }
    charges++;
    chargedNanos = Math.addExact(chargedNanos, request.getAmountNanos());
    return payment(request, now);
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

  private static PaymentFailed decline(RechargeRequested request, String code, Instant now) {
    return PaymentFailed.newBuilder()
        .setPaymentId(PAYMENT_PREFIX + request.getIdempotencyKey())
        .setAccountId(request.getAccountId())
        .setAmountNanos(request.getAmountNanos())
        .setCurrency(request.getCurrency())
        .setOccurredAt(now)
        .setRechargeId(request.getRechargeId())
        .setAttempt(request.getAttempt())
        .setDeclineCode(code)
        .setCardFingerprint("card-" + request.getAccountId())
        .build();
  }
}
