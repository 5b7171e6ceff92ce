package io.tollgate.system;

import io.tollgate.events.AccessRequirement;
import io.tollgate.events.ModelAccessPolicy;
import io.tollgate.events.ModelPrices;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.PriceRow;
import io.tollgate.events.UsageEvent;
import io.tollgate.schemas.TrustedTypes;
import java.time.Instant;
import java.util.List;

/** Events of a model that has one price. */
final class Events {

  /** One unit of a currency, in nanos. */
  static final long UNIT = 1_000_000_000L;

  static final String MODEL = "atlas-1";

  static {
    // Avro creates records of packages that it was told to trust only.
    TrustedTypes.trust();
  }

  private Events() {}

  /** Usage of {@link #MODEL} that happens now; without tokens. */
  static UsageEvent.Builder usage(String accountId, String eventId) {
    return UsageEvent.newBuilder()
        .setEventId(eventId)
        .setAccountId(accountId)
        .setOccurredAt(Instant.now())
        .setModel(MODEL);
  }

  static PaymentSucceeded.Builder payment(String accountId, String paymentId, long units) {
    return PaymentSucceeded.newBuilder()
        .setPaymentId(paymentId)
        .setAccountId(accountId)
        .setAmountNanos(units * UNIT)
        .setOccurredAt(Instant.now());
  }

  /** One price for input, in effect since the epoch. */
  static ModelPrices prices(long nanosPerMillion) {
    return ModelPrices.newBuilder()
        .setModel(MODEL)
        .setRows(
            List.of(
                PriceRow.newBuilder()
                    .setMeter("input")
                    .setNanosPerMillion(nanosPerMillion)
                    .setEffectiveFrom(Instant.EPOCH)
                    .build()))
        .setPublishedAt(Instant.now())
        .build();
  }

  /** Calls that use the capability need a verified account, since the epoch. */
  static ModelAccessPolicy policy(String capability) {
    return ModelAccessPolicy.newBuilder()
        .setModel(MODEL)
        .setRequirements(
            List.of(
                AccessRequirement.newBuilder()
                    .setCapability(capability)
                    .setPolicyId("policy-1")
                    .setAnnouncedAt(Instant.EPOCH)
                    .setEffectiveFrom(Instant.EPOCH)
                    .build()))
        .setVersion(1)
        .build();
  }
}
