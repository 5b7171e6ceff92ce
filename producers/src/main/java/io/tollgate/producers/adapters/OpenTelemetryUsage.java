package io.tollgate.producers.adapters;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tollgate.events.UsageEvent;
import java.util.Map;

/** Usage as spans tell it that keep OpenTelemetry's conventions for generative AI. */
public final class OpenTelemetryUsage {

  private static final ObjectMapper JSON = new ObjectMapper();

  private OpenTelemetryUsage() {}

  /**
   * A span of a call. {@code gen_ai.usage.input_tokens} includes what was read from and written to
   * a cache; there is no total to check it with.
   *
   * @param eventId what tells this span from all others, such as trace id and span id: collectors
   *     deliver spans more than once
   * @param attributes the span's attributes by name, numbers as whole numbers
   * @throws AdapterException if the usage is missing, or its parts exceed the input
   */
  public static UsageEvent.Builder span(String eventId, Map<String, ?> attributes) {
    return GenAiAttributes.read(JsonFields.of(JSON.valueToTree(attributes))).setEventId(eventId);
  }
}
