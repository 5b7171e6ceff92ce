package io.tollgate.producers.adapters;

import io.tollgate.events.UsageEvent;
import io.tollgate.schemas.TrustedTypes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call used, in parts that never overlap.
 *
 * @param input tokens that were neither read from nor written to a cache
 * @param cached tokens read from a cache
 * @param cacheWrite tokens written to a cache
 * @param output tokens, reasoning included
 * @param others units of meters with a price of their own
 */
record Parts(long input, long cached, long cacheWrite, long output, Map<String, Long> others) {

  static {
    TrustedTypes.trust(); // for the builder
  }

  private static final String STANDARD_TIER = "standard";

  Parts {
    others = Map.copyOf(others);
  }

  boolean isNothing() {
    return (input | cached | cacheWrite | output) == 0
        && others.values().stream().allMatch(quantity -> quantity == 0);
  }

  /** The event of a call that used something; a report of nothing is one of a cut stream. */
  UsageEvent.Builder charged() {
    if (isNothing()) {
      throw new AdapterException(
          "the report says that nothing was used; report a call whose stream was cut by"
              + " CutStream.estimate");
    }
    return event();
  }

  /** The event of a call, whatever it used. */
  UsageEvent.Builder event() {
    return UsageEvent.newBuilder()
        .setInputTokens(input)
        .setCachedInputTokens(cached)
        .setCacheWriteTokens(cacheWrite)
        .setOutputTokens(output)
        .setOtherUnits(others);
  }

  /** Sets what the report says, as far as it does; what a provider calls default is standard. */
  static UsageEvent.Builder describe(
      UsageEvent.Builder event, @Nullable String model, @Nullable String tier) {
    if (model != null) {
      event.setModel(model);
    }
    return event.setServiceTier(tier == null || tier.equals("default") ? STANDARD_TIER : tier);
  }
}
