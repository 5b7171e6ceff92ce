package io.tollgate.sandbox.demo.workload;

import io.tollgate.events.AccessRequirement;
import io.tollgate.events.ModelAccessPolicy;
import io.tollgate.events.Requirement;
import io.tollgate.schemas.TrustedTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/**
 * The calls of the demo: a few models of the price list, by weight, and which of them are gated.
 */
public final class ModelMix {

  /** A call of a model, using these capabilities. */
  record Call(String model, List<String> capabilities) {}

  private record Weighted(int weight, Call call) {}

  private static final String GATED_MODEL = "gpt-5.5-pro";
  private static final String PARTLY_GATED_MODEL = "gpt-5.5";
  private static final String GATED_CAPABILITY = "reasoning-summary";
  private static final String WHOLE_MODEL = "*";

  /** A model that no price list has. */
  static final String UNKNOWN_MODEL = "gpt-unlisted";

  private static final List<Weighted> CALLS =
      List.of(
          new Weighted(4, new Call(GATED_MODEL, List.of())),
          new Weighted(6, new Call(PARTLY_GATED_MODEL, List.of(GATED_CAPABILITY))),
          new Weighted(20, new Call(PARTLY_GATED_MODEL, List.of())),
          new Weighted(10, new Call("claude-opus-5", List.of())),
          new Weighted(20, new Call("claude-sonnet-5", List.of())),
          new Weighted(25, new Call("gpt-5-mini", List.of())),
          new Weighted(10, new Call("gemini-2.5-flash", List.of())),
          new Weighted(5, new Call("deepseek-v3.2", List.of())));

  private static final int TOTAL_WEIGHT = CALLS.stream().mapToInt(Weighted::weight).sum();

  private static final Duration IN_FORCE_FOR = Duration.ofDays(30);
  private static final Duration NOTICE = Duration.ofDays(30);

  private ModelMix() {}

  static Call draw(Random random) {
    int left = random.nextInt(TOTAL_WEIGHT);
    for (Weighted weighted : CALLS) {
      left -= weighted.weight();
      if (left < 0) {
        return weighted.call();
      }
    }
    throw new IllegalStateException("the weights do not add up to " + TOTAL_WEIGHT);
  }

  /** Names of all models that are called, those that do not exist left out. */
  static List<String> models() {
    return CALLS.stream().map(weighted -> weighted.call().model()).distinct().toList();
  }

  /** The policies that make the gates: one for a whole model, one for a capability of another. */
  public static List<ModelAccessPolicy> policies(Instant now) {
    TrustedTypes.trust();
    return List.of(
        policy(GATED_MODEL, WHOLE_MODEL, now), policy(PARTLY_GATED_MODEL, GATED_CAPABILITY, now));
  }

  private static ModelAccessPolicy policy(String model, String capability, Instant now) {
    Instant effectiveFrom = now.minus(IN_FORCE_FOR);
    return ModelAccessPolicy.newBuilder()
        .setModel(model)
        .setRequirements(
            List.of(
                AccessRequirement.newBuilder()
                    .setCapability(capability)
                    .setRequires(Requirement.VERIFIED_ORGANIZATION)
                    .setPolicyId("demo-" + model)
                    .setAnnouncedAt(effectiveFrom.minus(NOTICE))
                    .setEffectiveFrom(effectiveFrom)
                    .build()))
        .setVersion(1)
        .build();
  }
}
