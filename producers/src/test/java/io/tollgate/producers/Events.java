package io.tollgate.producers;

import io.tollgate.events.AccountSuspended;
import io.tollgate.events.ModelAccessPolicy;
import io.tollgate.events.ModelPrices;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.UsageEvent;
import io.tollgate.schemas.TrustedTypes;
import java.time.Instant;

/** Small valid events. */
final class Events {

  static {
    TrustedTypes.trust();
  }

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Events() {}

  static UsageEvent usage(String accountId, String eventId) {
    return UsageEvent.newBuilder()
        .setEventId(eventId)
        .setAccountId(accountId)
        .setOccurredAt(START)
        .setModel("gpt-5")
        .setInputTokens(1_000)
        .build();
  }

  static PaymentSucceeded payment(String accountId) {
    return PaymentSucceeded.newBuilder()
        .setPaymentId("pay-1")
        .setAccountId(accountId)
        .setAmountNanos(5_000_000_000L)
        .setOccurredAt(START)
        .build();
  }

  static AccountSuspended suspension(String accountId) {
    return AccountSuspended.newBuilder().setAccountId(accountId).setOccurredAt(START).build();
  }

  static ModelPrices prices(String model) {
    return ModelPrices.newBuilder().setModel(model).setPublishedAt(START).setVersion(1).build();
  }

  static ModelAccessPolicy policy(String model) {
    return ModelAccessPolicy.newBuilder().setModel(model).setVersion(1).build();
  }
}
