package io.tollgate.consumers.recharge;

import io.tollgate.events.PaymentFailed;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.RechargeRequested;
import java.time.Instant;
import java.util.Currency;

/**
 * One charge that was requested.
 *
 * @param idempotencyKey what makes the provider charge once; at most 255 characters
 * @param accountId the account to be recharged
 * @param rechargeId the recharge
 * @param attempt number of the attempt, from 1
 * @param amountMinor amount in minor units of the currency: cents for USD, yen for JPY. What was
 *     requested is finer; a fraction of a unit is left out, so that no customer pays more than the
 *     monthly limit allows
 * @param currency ISO 4217 code
 * @param deadline when the request counts as unanswered; no charge is begun from then on
 */
public record Charge(
    String idempotencyKey,
    String accountId,
    String rechargeId,
    int attempt,
    long amountMinor,
    String currency,
    Instant deadline) {

  private static final int NANO_DIGITS = 9;
  private static final int MAX_KEY_LENGTH = 255;

  /** Checks what would have a provider charge twice, or nothing. */
  public Charge {
    if (idempotencyKey.isEmpty() || idempotencyKey.length() > MAX_KEY_LENGTH) {
      throw new IllegalArgumentException(
          "Providers take idempotency keys of 1 to %d characters, not %d"
              .formatted(MAX_KEY_LENGTH, idempotencyKey.length()));
    }
    if (amountMinor < 1) {
      throw new IllegalArgumentException(
          "%s asks for %d minor units of %s: nothing to charge"
              .formatted(idempotencyKey, amountMinor, currency));
    }
  }

  /**
   * The charge that is requested.
   *
   * @throws IllegalArgumentException if no provider could carry it out: no such currency, less than
   *     a minor unit, a key that is too long
   */
  static Charge of(RechargeRequested request) {
    return new Charge(
        request.getIdempotencyKey(),
        request.getAccountId(),
        request.getRechargeId(),
        request.getAttempt(),
        request.getAmountNanos() / nanosPerMinor(request.getCurrency()),
        request.getCurrency(),
        request.getDeadline());
  }

  /** The amount in nano-units of the currency. */
  public long amountNanos() {
    return Math.multiplyExact(amountMinor, nanosPerMinor(currency));
  }

  /** What is published when it took money; a webhook that tells the same has to say the same. */
  public PaymentSucceeded event(ChargeResult.Succeeded success) {
    return PaymentSucceeded.newBuilder()
        .setPaymentId(success.paymentId())
        .setAccountId(accountId)
        .setAmountNanos(amountNanos())
        .setCurrency(currency)
        .setOccurredAt(success.occurredAt())
        .setRechargeId(rechargeId)
        .setAttempt(attempt)
        .setCardFingerprint(success.cardFingerprint())
        .build();
  }

  /** What is published when it was declined; a webhook that tells the same has to say the same. */
  public PaymentFailed event(ChargeResult.Declined decline) {
    return PaymentFailed.newBuilder()
        .setPaymentId(decline.paymentId())
        .setAccountId(accountId)
        .setAmountNanos(amountNanos())
        .setCurrency(currency)
        .setOccurredAt(decline.occurredAt())
        .setRechargeId(rechargeId)
        .setAttempt(attempt)
        .setDeclineCode(decline.declineCode())
        .setAdviceCode(decline.adviceCode())
        .setNetworkAdviceCode(decline.networkAdviceCode())
        .setCardFingerprint(decline.cardFingerprint())
        .build();
  }

  private static long nanosPerMinor(String currency) {
    int digits = Currency.getInstance(currency).getDefaultFractionDigits();
    if (digits < 0) {
      throw new IllegalArgumentException(currency + " is no currency that cards are charged in");
    }
    long nanos = 1;
    for (int i = digits; i < NANO_DIGITS; i++) {
      nanos *= 10;
    }
    return nanos;
  }
}
