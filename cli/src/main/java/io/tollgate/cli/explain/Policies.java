package io.tollgate.cli.explain;

import io.tollgate.events.AccessRequirement;
import io.tollgate.events.ModelAccessPolicy;
import io.tollgate.schemas.json.IsoMillis;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The access policies that are still in their topic: the last of each model, and maybe some before.
 */
final class Policies {

  private final List<ModelAccessPolicy> policies = new ArrayList<>();

  void add(ModelAccessPolicy policy) {
    policies.add(policy);
  }

  /** What a policy says that blocked a call of this model, by its id. */
  List<String> describe(@Nullable String model, String policyId) {
    List<String> lines = new ArrayList<>();
    for (ModelAccessPolicy policy : policies) {
      for (AccessRequirement requirement : policy.getRequirements()) {
        if (requirement.getPolicyId().equals(policyId)) {
          lines.clear(); // the latest version that has it
          lines.add(
              "policy %s of model %s, version %d: %s %s, announced %s, in force from %s%s"
                  .formatted(
                      policyId,
                      policy.getModel(),
                      policy.getVersion(),
                      requirement.getCapability().equals("*")
                          ? "every call"
                          : "capability " + requirement.getCapability(),
                      "needs " + requirement.getRequires(),
                      IsoMillis.format(requirement.getAnnouncedAt()),
                      IsoMillis.format(requirement.getEffectiveFrom()),
                      requirement.getEffectiveUntil() == null
                          ? ""
                          : " until " + IsoMillis.format(requirement.getEffectiveUntil())));
        }
      }
    }
    if (lines.isEmpty()) {
      lines.add(
          "policy %s%s, which has been replaced since"
              .formatted(policyId, model == null ? "" : " of model " + model));
    }
    return lines;
  }
}
