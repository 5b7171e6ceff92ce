package io.tollgate.cli.explain;

import io.tollgate.cli.explain.History.Found;
import io.tollgate.events.AccessRequirement;
import io.tollgate.events.ModelAccessPolicy;
import io.tollgate.schemas.json.IsoMillis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The access policies that are still in their topic: the last of each model, and maybe some before.
 */
final class Policies {

  private final List<Found<ModelAccessPolicy>> policies = new ArrayList<>();

  void add(Found<ModelAccessPolicy> policy) {
    policies.add(policy);
  }

  /**
   * What a policy says, by its id: in the version that held then, else in the first that is left.
   *
   * @param model of the call that it blocked; null if that named none
   */
  String describe(@Nullable String model, String policyId, Instant then) {
    String words = null;
    for (Found<ModelAccessPolicy> found : policies) {
      for (AccessRequirement requirement : found.value().getRequirements()) {
        if (requirement.getPolicyId().equals(policyId)
            && (words == null || !found.source().timestamp().isAfter(then))) {
          words = words(found, requirement);
        }
      }
    }
    return words == null
        ? "policy %s%s, which has been replaced since"
            .formatted(policyId, model == null ? "" : " of model " + model)
        : words;
  }

  private static String words(Found<ModelAccessPolicy> found, AccessRequirement requirement) {
    ModelAccessPolicy policy = found.value();
    return "policy %s of model %s, version %d: %s needs %s, announced %s, in force from %s%s"
        .formatted(
            requirement.getPolicyId(),
            policy.getModel(),
            policy.getVersion(),
            requirement.getCapability().equals("*")
                ? "every call"
                : "capability " + requirement.getCapability(),
            requirement.getRequires(),
            IsoMillis.format(requirement.getAnnouncedAt()),
            IsoMillis.format(requirement.getEffectiveFrom()),
            requirement.getEffectiveUntil() == null
                ? ""
                : " until " + IsoMillis.format(requirement.getEffectiveUntil()));
  }
}
