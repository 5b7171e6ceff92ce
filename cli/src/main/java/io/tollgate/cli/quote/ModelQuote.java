package io.tollgate.cli.quote;

import io.tollgate.domain.account.Block;
import io.tollgate.domain.rating.AccessPolicy;
import io.tollgate.domain.rating.AccessPolicy.Requirement;
import io.tollgate.domain.rating.ModelPrices;
import io.tollgate.domain.rating.PriceRow;
import io.tollgate.domain.rating.Reference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an account could use of one model, whatever its credit.
 *
 * @param name as it was asked for
 * @param model what the name stands for
 * @param calls of no capability that anything is required for, and of each such capability
 * @param prices in effect, of the tier that was asked for
 * @param announcedPrices whose time is still to come
 */
record ModelQuote(
    String name,
    String model,
    List<CallQuote> calls,
    List<PriceRow> prices,
    List<PriceRow> announcedPrices) {

  /**
   * Whether a call with one capability goes ahead.
   *
   * @param capability "*" stands for a call with none
   * @param block why it does not; null if it does
   * @param requirements in force or to come, met or not, in the policy's order
   * @param usableUntil when a requirement that is not met comes into force; null if none does
   * @param blockedUntil when the last requirement that is not met ends; null if that is not known
   */
  record CallQuote(
      String capability,
      @Nullable Block block,
      List<Requirement> requirements,
      @Nullable Long usableUntil,
      @Nullable Long blockedUntil) {}

  /**
   * Asks the rules about a model.
   *
   * @param capabilities to ask for; empty: all for which something is, or will be, required
   * @param at epoch milliseconds
   */
  static ModelQuote of(
      Reference reference,
      boolean verified,
      String name,
      Collection<String> capabilities,
      String serviceTier,
      long at) {
    String model = reference.resolve(name);
    AccessPolicy policy =
        Objects.requireNonNullElse(reference.policy(name), new AccessPolicy(model, List.of()));
    ModelPrices prices =
        Objects.requireNonNullElse(
            reference.prices(model), new ModelPrices(model, List.of(), List.of()));
    List<PriceRow> inEffect = prices.inEffect(serviceTier, at);
    Set<String> asked = new LinkedHashSet<>(List.of(AccessPolicy.WHOLE_MODEL));
    asked.addAll(capabilities.isEmpty() ? gated(policy, at) : capabilities);
    List<CallQuote> calls = new ArrayList<>();
    for (String capability : asked) {
      calls.add(call(policy, verified, name, capability, !inEffect.isEmpty(), at));
    }
    return new ModelQuote(
        name, model, List.copyOf(calls), inEffect, prices.announced(serviceTier, at));
  }

  private static Set<String> gated(AccessPolicy policy, long at) {
    Set<String> capabilities = new TreeSet<>();
    for (Requirement requirement : policy.requirements()) {
      if (isInForceOrToCome(requirement, List.of(requirement.capability()), at)) {
        capabilities.add(requirement.capability());
      }
    }
    return capabilities;
  }

  private static CallQuote call(
      AccessPolicy policy,
      boolean verified,
      String name,
      String capability,
      boolean priced,
      long at) {
    List<String> capabilities =
        capability.equals(AccessPolicy.WHOLE_MODEL) ? List.of() : List.of(capability);
    List<Requirement> inForce = policy.inForce(capabilities, at);
    boolean gated = !verified && !inForce.isEmpty();
    Long change = verified ? null : change(policy, capabilities, at);
    Block block = null;
    if (gated) {
      block = Block.unverified(name, inForce);
    } else if (!priced) {
      block = Block.unpriced(name);
    }
    return new CallQuote(
        capability,
        block,
        policy.requirements().stream()
            .filter(requirement -> isInForceOrToCome(requirement, capabilities, at))
            .toList(),
        gated ? null : change,
        gated ? change : null);
  }

  /** When the next requirement comes into force, or the last one ends; null if neither is known. */
  private static @Nullable Long change(AccessPolicy policy, List<String> capabilities, long at) {
    boolean gated = !policy.inForce(capabilities, at).isEmpty();
    return policy.requirements().stream()
        .flatMap(each -> Stream.of(each.effectiveFrom(), each.effectiveUntil()))
        .filter(time -> time != null && time > at)
        .sorted()
        .filter(time -> policy.inForce(capabilities, time).isEmpty() == gated)
        .findFirst()
        .orElse(null);
  }

  private static boolean isInForceOrToCome(
      Requirement requirement, List<String> capabilities, long at) {
    return requirement.covers(capabilities, Math.max(at, requirement.effectiveFrom()));
  }
}
