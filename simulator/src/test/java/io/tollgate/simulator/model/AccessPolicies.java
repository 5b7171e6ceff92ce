package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The gate: which models and capabilities need a verified organisation, and from when to when (§6).
 */
final class AccessPolicies {
  private final Map<String, JsonNode> models = new TreeMap<>();

  void put(String model, @Nullable JsonNode policy) {
    if (policy == null) {
      models.remove(model);
    } else {
      models.put(model, policy);
    }
  }

  /** The requirements in force for a call of a model with these capabilities. */
  List<Requirement> inForce(String model, List<String> capabilities, long at) {
    List<Requirement> result = new ArrayList<>();
    JsonNode policy = models.get(model);
    if (policy == null) {
      return result;
    }
    for (JsonNode json : policy.path("requirements")) {
      String capability = Fields.text(json, "capability");
      Long until = Fields.optionalTime(json, "effectiveUntil");
      boolean concerns = capability.equals("*") || capabilities.contains(capability);
      boolean started = Fields.time(json, "effectiveFrom") <= at;
      if (concerns && started && (until == null || at < until)) {
        result.add(
            new Requirement(
                capability, Fields.text(json, "policyId"), Fields.time(json, "announcedAt")));
      }
    }
    return result;
  }

  /** A verified organisation is needed for a capability, or with {@code *} for every call. */
  record Requirement(String capability, String policyId, long announcedAt) {}
}
