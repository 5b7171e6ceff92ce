package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rule that some models, or capabilities of a model, need a verified organisation (§6). */
final class Gate {
  private final PriceBook prices;
  private final AccessPolicies policies;

  Gate(PriceBook prices, AccessPolicies policies) {
    this.prices = prices;
    this.policies = policies;
  }

  /**
   * The requirements that stop an account; the ones an authorization has passed do not count again.
   */
  List<AccessPolicies.Requirement> blocking(
      Account account, JsonNode event, long at, Account.@Nullable Authorization passed) {
    if (account.verified) {
      return List.of();
    }
    String model = prices.resolve(Fields.text(event, "model"));
    List<AccessPolicies.Requirement> blocking =
        new ArrayList<>(policies.inForce(model, Fields.texts(event, "capabilities"), at));
    if (passed != null && passed.model != null && prices.resolve(passed.model).equals(model)) {
      blocking.removeIf(
          requirement ->
              requirement.capability().equals("*")
                  || passed.capabilities.contains(requirement.capability()));
    }
    return blocking;
  }

  static void emitBlocked(
      Step step,
      String id,
      JsonNode event,
      String reason,
      long wouldHaveCost,
      boolean served,
      @Nullable String policyId) {
    ObjectNode blocked = JsonNodeFactory.instance.objectNode();
    blocked.put("id", id);
    blocked.put("accountId", step.account.id);
    blocked.put("model", Fields.optionalText(event, "model"));
    blocked.set("capabilities", event.path("capabilities").deepCopy());
    blocked.put("reason", reason);
    blocked.put("remedy", "");
    blocked.put("wouldHaveCostNanos", wouldHaveCost);
    blocked.put("served", served);
    blocked.put("policyId", policyId);
    blocked.put("occurredAt", Times.iso(step.occurredAt));
    step.emit("blocked-usage", "UsageBlocked", blocked);
  }
}
