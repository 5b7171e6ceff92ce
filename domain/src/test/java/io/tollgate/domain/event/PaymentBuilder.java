package io.tollgate.domain.event;

import io.tollgate.domain.event.AccountEvent.PaymentSucceeded;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A payment in the making: names only what a test is about. */
public final class PaymentBuilder {

  private final String paymentId;
  private final long amountNanos;
  private String accountId = "acme";
  private String currency = "USD";
  private @Nullable Long occurredAt;
  private @Nullable String rechargeId;
  private @Nullable Integer attempt;
  private @Nullable String cardFingerprint;
  private List<String> intendedModels = List.of();

  private PaymentBuilder(String paymentId, long amountNanos) {
    this.paymentId = paymentId;
    this.amountNanos = amountNanos;
  }

  public static PaymentBuilder payment(String paymentId, long amountNanos) {
    return new PaymentBuilder(paymentId, amountNanos);
  }

  public PaymentBuilder account(String id) {
    accountId = id;
    return this;
  }

  public PaymentBuilder currency(String code) {
    currency = code;
    return this;
  }

  public PaymentBuilder occurredAt(long time) {
    occurredAt = time;
    return this;
  }

  public PaymentBuilder recharge(@Nullable String id, @Nullable Integer number) {
    rechargeId = id;
    attempt = number;
    return this;
  }

  public PaymentBuilder card(String fingerprint) {
    cardFingerprint = fingerprint;
    return this;
  }

  public PaymentBuilder intendedModels(String... models) {
    intendedModels = List.of(models);
    return this;
  }

  /** The event; it happened at the given time unless it says otherwise. */
  public PaymentSucceeded build(long defaultTime) {
    return new PaymentSucceeded(
        paymentId,
        accountId,
        amountNanos,
        currency,
        occurredAt == null ? defaultTime : occurredAt,
        rechargeId,
        attempt,
        cardFingerprint,
        intendedModels);
  }
}
