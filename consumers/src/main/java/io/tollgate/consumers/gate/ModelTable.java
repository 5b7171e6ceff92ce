package io.tollgate.consumers.gate;

import io.tollgate.domain.account.Block;
import io.tollgate.domain.event.Quantities;
import io.tollgate.domain.rating.AccessPolicy;
import io.tollgate.domain.rating.AccessPolicy.Requirement;
import io.tollgate.domain.rating.ModelPrices;
import io.tollgate.domain.rating.Rating;
import io.tollgate.domain.rating.Reference;
import io.tollgate.events.BlockReason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prices and requirements of every model at one moment; never changes. */
final class ModelTable {

  private static final AccessDecision UNPRICED =
      AccessDecision.denied(
          BlockReason.UNPRICED_MODEL,
          "The model has no price. Check its name, or ask the platform to publish one.");

  /** A requirement, with the decision for who does not meet it. */
  private record Gated(Requirement requirement, AccessDecision denial) {}

  /** What is to be known of a name of a model. */
  private record Entry(boolean priced, List<Gated> gated) {}

  private static final Entry NOTHING = new Entry(false, List.of());

  private final Reference reference = new Reference();
  private final Map<String, Entry> byName = new HashMap<>();

  ModelTable(Collection<ModelPrices> prices, Collection<AccessPolicy> policies) {
    Map<String, AccessPolicy> policyOf = new HashMap<>();
    for (AccessPolicy policy : policies) {
      policyOf.put(policy.model(), policy);
    }
    prices.forEach(reference::put);
    for (ModelPrices model : prices) {
      enter(model.model(), policyOf);
      model.aliases().forEach(alias -> enter(alias, policyOf));
    }
    policyOf.keySet().forEach(name -> enter(name, policyOf));
  }

  private void enter(String name, Map<String, AccessPolicy> policyOf) {
    String model = reference.resolve(name);
    ModelPrices prices = reference.prices(model);
    AccessPolicy policy = policyOf.get(model);
    List<Gated> gated = new ArrayList<>();
    if (policy != null) {
      for (Requirement requirement : policy.requirements()) {
        gated.add(new Gated(requirement, denial(name, requirement)));
      }
    }
    byName.put(name, new Entry(prices != null && !prices.rows().isEmpty(), List.copyOf(gated)));
  }

  /**
   * Why a call of an account that is not verified may not go ahead; null if nothing stands in its
   * way.
   *
   * @param at epoch milliseconds
   */
  @Nullable AccessDecision requirement(String name, List<String> capabilities, long at) {
    List<Gated> gated = entry(name).gated();
    // By index: an iterator would be an allocation for each call.
    for (int i = 0; i < gated.size(); i++) {
      if (gated.get(i).requirement().covers(capabilities, at)) {
        return gated.get(i).denial();
      }
    }
    return null;
  }

  /** Why the model cannot be charged; null if it can. */
  @Nullable AccessDecision unpriced(String name) {
    return entry(name).priced() ? null : UNPRICED;
  }

  /**
   * What a call would cost.
   *
   * @throws ArithmeticException if that cannot be counted
   */
  Rating rate(String name, String serviceTier, Quantities quantities, long at) {
    return Rating.of(reference, name, quantities, serviceTier, at);
  }

  private Entry entry(String name) {
    return byName.getOrDefault(name, NOTHING);
  }

  private static AccessDecision denial(String name, Requirement requirement) {
    return new AccessDecision(
        BlockReason.VERIFICATION_REQUIRED,
        Block.unverified(name, List.of(requirement)).remedy(),
        requirement.policyId(),
        false);
  }
}
