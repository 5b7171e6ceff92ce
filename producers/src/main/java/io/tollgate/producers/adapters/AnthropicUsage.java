package io.tollgate.producers.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import io.tollgate.events.UsageEvent;
import java.util.HashMap;
import java.util.Map;

/**
 * Usage as Anthropic's Messages API reports it: its input leaves out what was read from and written
 * to a cache.
 *
 * <p>Cache writes for an hour cost more than those for five minutes and go to the meter {@code
 * cache_write_1h}; searches of the web go to {@code web_search_call}. Fetches from the web cost
 * their tokens only.
 */
public final class AnthropicUsage {

  private AnthropicUsage() {}

  /**
   * A message, as the API answered without streaming. Returns an event with units, tier and model
   * as the provider names it, and without an id.
   *
   * @throws AdapterException if the usage is missing, or its parts do not add up
   */
  public static UsageEvent.Builder message(JsonNode message) {
    JsonFields fields = JsonFields.of(message);
    JsonFields usage = fields.object("usage");
    return Parts.describe(
        parts(usage).charged(), fields.optionalText("model"), usage.optionalText("service_tier"));
  }

  static Parts parts(JsonFields usage) {
    long cacheWrite = usage.optionalCount("cache_creation_input_tokens");
    long forAnHour = 0;
    if (usage.has("cache_creation")) {
      JsonFields byDuration = usage.object("cache_creation");
      forAnHour = byDuration.optionalCount("ephemeral_1h_input_tokens");
      byDuration.requireWhole(
          cacheWrite, forAnHour, byDuration.optionalCount("ephemeral_5m_input_tokens"));
    }
    long searches = usage.optionalObject("server_tool_use").optionalCount("web_search_requests");
    Map<String, Long> others = new HashMap<>();
    if (forAnHour > 0) {
      others.put("cache_write_1h", forAnHour);
    }
    if (searches > 0) {
      others.put("web_search_call", searches);
    }
    return new Parts(
        usage.count("input_tokens"),
        usage.optionalCount("cache_read_input_tokens"),
        cacheWrite - forAnHour,
        usage.count("output_tokens"),
        others);
  }
}
