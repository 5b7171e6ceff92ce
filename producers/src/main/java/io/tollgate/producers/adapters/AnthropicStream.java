package io.tollgate.producers.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.events.UsageEvent;
import java.util.Optional;

/**
 * The usage of one streamed message, gathered from its events as they pass. Counts in later events
 * are cumulative and replace earlier ones.
 *
 * <p>Serves one call, and one thread at a time.
 */
public final class AnthropicStream {

  private final ObjectNode message = JsonNodeFactory.instance.objectNode();
  private final ObjectNode usage = message.putObject("usage");
  private boolean ended;

  /**
   * Takes note of an event, the object behind {@code data:}.
   *
   * @throws AdapterException if an event that tells usage does not have its shape
   */
  public void accept(JsonNode event) {
    switch (event.path("type").asText()) {
      case "message_start" -> start(JsonFields.of(event).object("message"));
      case "message_delta" -> update(JsonFields.of(event).optionalObject("usage"));
      case "message_stop" -> ended = true;
      default -> {} // content, pings
    }
  }

  private void start(JsonFields started) {
    message.set("model", started.object().get("model"));
    update(started.object("usage"));
  }

  private void update(JsonFields told) {
    usage.setAll(told.object());
    JsonNode byDuration = usage.get("cache_creation");
    if (told.has("cache_creation_input_tokens")
        && !told.has("cache_creation")
        && byDuration instanceof ObjectNode durations) {
      // Tools on the server may write more, and later events do not say for how long: the shorter
      // time is the cheaper one.
      long forAnHour = JsonFields.of(durations).optionalCount("ephemeral_1h_input_tokens");
      durations.put(
          "ephemeral_5m_input_tokens", told.count("cache_creation_input_tokens") - forAnHour);
    }
  }

  /**
   * The event of the call, once the message has ended; empty if it has not: then report {@link
   * #aborted}.
   *
   * @throws AdapterException if the usage is missing, or its parts do not add up
   */
  public Optional<UsageEvent.Builder> usage() {
    return ended ? Optional.of(AnthropicUsage.message(message)) : Optional.empty();
  }

  /**
   * The event of a call that was cut: input as the provider told at the start, output by the
   * gateway's estimate.
   *
   * @param outputTokens tokens received by then
   * @throws AdapterException if the stream was cut before the message started: then report {@link
   *     CutStream#estimate}
   */
  public UsageEvent.Builder aborted(long outputTokens) {
    JsonFields told = JsonFields.of(message).object("usage");
    Parts parts = AnthropicUsage.parts(told);
    Parts estimated =
        new Parts(
            parts.input(),
            parts.cached(),
            parts.cacheWrite(),
            Math.max(parts.output(), outputTokens),
            parts.others());
    return Parts.describe(
        CutStream.estimated(estimated),
        JsonFields.of(message).optionalText("model"),
        told.optionalText("service_tier"));
  }
}
