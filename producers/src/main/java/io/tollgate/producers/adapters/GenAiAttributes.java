package io.tollgate.producers.adapters;

import io.tollgate.events.UsageEvent;
import java.util.Map;

/** Usage in the names of OpenTelemetry's conventions for generative AI, as flat fields. */
final class GenAiAttributes {

  private static final String USAGE = "gen_ai.usage.";

  private GenAiAttributes() {}

  /** The event of the call; its model is as it was called, or else as the provider names it. */
  static UsageEvent.Builder read(JsonFields attributes) {
    long input = attributes.count(USAGE + "input_tokens");
    long cached = attributes.optionalCount(USAGE + "cache_read.input_tokens");
    long cacheWrite = attributes.optionalCount(USAGE + "cache_creation.input_tokens");
    attributes.requireWithin(input, cached, cacheWrite);
    Parts parts =
        new Parts(
            input - cached - cacheWrite,
            cached,
            cacheWrite,
            attributes.count(USAGE + "output_tokens"),
            Map.of());
    String called = attributes.optionalText("gen_ai.request.model");
    return Parts.describe(
        parts.charged(),
        called == null ? attributes.optionalText("gen_ai.response.model") : called,
        attributes.optionalText("openai.response.service_tier"));
  }
}
