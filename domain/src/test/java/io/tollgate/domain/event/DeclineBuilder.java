package io.tollgate.domain.event;

import io.tollgate.domain.event.AccountEvent.PaymentFailed;
import org.jspecify.annotations.Nullable;

/** A declined payment in the making: names only what a test is about. */
public final class DeclineBuilder {

  private final String paymentId;
  private final String declineCode;
  private long amountNanos = 5_000_000_000L;
  private String currency = "USD";
  private @Nullable Long occurredAt;
  private @Nullable String rechargeId;
  private @Nullable Integer attempt;
  private @Nullable String adviceCode;
  private @Nullable String networkAdviceCode;
  private @Nullable String cardFingerprint;

  private DeclineBuilder(String paymentId, String declineCode) {
    this.paymentId = paymentId;
    this.declineCode = declineCode;
  }

  public static DeclineBuilder decline(String paymentId, String declineCode) {
    return new DeclineBuilder(paymentId, declineCode);
  }

  public DeclineBuilder amount(long nanos) {
    amountNanos = nanos;
    return this;
  }

  public DeclineBuilder currency(String code) {
    currency = code;
    return this;
  }

  public DeclineBuilder occurredAt(long time) {
    occurredAt = time;
    return this;
  }

  public DeclineBuilder recharge(@Nullable String id, @Nullable Integer number) {
    rechargeId = id;
    attempt = number;
    return this;
  }

  public DeclineBuilder advice(@Nullable String provider, @Nullable String network) {
    adviceCode = provider;
    networkAdviceCode = network;
    return this;
  }

  public DeclineBuilder card(@Nullable String fingerprint) {
    cardFingerprint = fingerprint;
    return this;
  }

  /** The event; it happened at the given time unless it says otherwise. */
  public PaymentFailed build(long defaultTime) {
    return new PaymentFailed(
        paymentId,
        "acme",
        amountNanos,
        currency,
        occurredAt == null ? defaultTime : occurredAt,
        rechargeId,
        attempt,
        declineCode,
        adviceCode,
        networkAdviceCode,
        cardFingerprint);
  }
}
