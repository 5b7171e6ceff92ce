package io.tollgate.consumers.gate;

import io.tollgate.domain.event.Quantities;
import io.tollgate.events.AccessRequirement;
import io.tollgate.events.AccountAccess;
import io.tollgate.events.AccountStatus;
import io.tollgate.events.CreditState;
import io.tollgate.events.ModelAccessPolicy;
import io.tollgate.events.ModelPrices;
import io.tollgate.events.PriceRow;
import io.tollgate.schemas.TrustedTypes;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Small valid records for a gate. */
final class GateRecords {

  static {
    TrustedTypes.trust();
  }

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final long NOW = START.toEpochMilli();

  private GateRecords() {}

  /** $1 for a million tokens, in or out: 1,000 nanos each. */
  static ModelPrices prices(String model, String... aliases) {
    return ModelPrices.newBuilder()
        .setModel(model)
        .setAliases(List.of(aliases))
        .setRows(List.of(row("input"), row("output")))
        .setPublishedAt(START)
        .setVersion(1)
        .build();
  }

  private static PriceRow row(String meter) {
    return PriceRow.newBuilder()
        .setMeter(meter)
        .setServiceTier("standard")
        .setNanosPerMillion(1_000_000_000)
        .setEffectiveFrom(Instant.EPOCH)
        .build();
  }

  static ModelAccessPolicy policy(String model, String capability, Instant effectiveFrom) {
    return ModelAccessPolicy.newBuilder()
        .setModel(model)
        .setRequirements(
            List.of(
                AccessRequirement.newBuilder()
                    .setCapability(capability)
                    .setPolicyId("policy-" + capability)
                    .setAnnouncedAt(Instant.EPOCH)
                    .setEffectiveFrom(effectiveFrom)
                    .build()))
        .setVersion(1)
        .build();
  }

  static AccountAccess funded(String accountId, boolean verified) {
    return AccountAccess.newBuilder()
        .setAccountId(accountId)
        .setVersion(1)
        .setAsOf(START)
        .setStatus(AccountStatus.ACTIVE)
        .setVerified(verified)
        .setCreditState(CreditState.FUNDED)
        .build();
  }

  /** A call of so many tokens in, and as many out at the most. */
  static ModelCall call(String accountId, String model, long tokens) {
    return new ModelCall(
        accountId, model, List.of(), "standard", new Quantities(tokens, 0, 0, tokens, Map.of()));
  }
}
