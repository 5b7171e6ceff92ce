package io.tollgate.domain.rating;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Prices and access policies as they are now, by model. Not safe for use by several threads: each
 * owner fills its own from an ordered input.
 */
public final class Reference {

  private final Map<String, ModelPrices> prices = new HashMap<>();
  private final Map<String, AccessPolicy> policies = new HashMap<>();
  private final Map<String, TreeSet<String>> modelsByAlias = new HashMap<>();

  /** Replaces all prices and aliases of the model. */
  public void put(ModelPrices modelPrices) {
    removePrices(modelPrices.model());
    prices.put(modelPrices.model(), modelPrices);
    for (String alias : modelPrices.aliases()) {
      modelsByAlias.computeIfAbsent(alias, name -> new TreeSet<>()).add(modelPrices.model());
    }
  }

  /** Replaces all requirements of the model. */
  public void put(AccessPolicy policy) {
    policies.put(policy.model(), policy);
  }

  public void removePrices(String model) {
    ModelPrices before = prices.remove(model);
    if (before == null) {
      return;
    }
    for (String alias : before.aliases()) {
      TreeSet<String> models = modelsByAlias.get(alias);
      if (models != null && models.remove(model) && models.isEmpty()) {
        modelsByAlias.remove(alias);
      }
    }
  }

  public void removePolicy(String model) {
    policies.remove(model);
  }

  /**
   * The model that a name stands for: an own name beats an alias, and of two aliases the first
   * model by name wins. A name that nobody claims stands for itself.
   */
  public String resolve(String name) {
    if (prices.containsKey(name)) {
      return name;
    }
    TreeSet<String> models = modelsByAlias.get(name);
    return models == null ? name : models.first();
  }

  /** Prices of a model by its own name. */
  public @Nullable ModelPrices prices(String model) {
    return prices.get(model);
  }

  /** Every requirement, of whatever time, of the model that the name stands for; null if none. */
  public @Nullable AccessPolicy policy(String name) {
    return policies.get(resolve(name));
  }

  /** Requirements in force for a call of the model that the name stands for. */
  public List<AccessPolicy.Requirement> requirements(
      String name, List<String> capabilities, long at) {
    AccessPolicy policy = policy(name);
    return policy == null ? List.of() : policy.inForce(capabilities, at);
  }

  /** The own names of all models that have prices or a policy, in their order. */
  public SortedSet<String> models() {
    SortedSet<String> models = new TreeSet<>(prices.keySet());
    for (String model : policies.keySet()) {
      models.add(resolve(model));
    }
    return models;
  }
}
