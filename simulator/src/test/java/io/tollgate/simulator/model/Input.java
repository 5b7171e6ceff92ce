package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One input record: where it came from, when it arrived, and its event.
 *
 * @param value null for a tombstone
 */
record Input(
    String topic,
    String type,
    @Nullable String key,
    @Nullable JsonNode value,
    long time,
    long offset) {

  private static final Map<String, String> ONLY_TYPE =
      Map.of(
          "usage-events", "UsageEvent",
          "price-book", "ModelPrices",
          "access-policies", "ModelAccessPolicy");

  private static final List<String> MODEL_TOPICS = List.of("price-book", "access-policies");

  static Input of(ObjectNode line, long offset) {
    String topic = Fields.text(line, "topic");
    String type = Fields.optionalText(line, "type");
    JsonNode value = line.get("value");
    JsonNode event = value == null || value.isNull() ? null : value;
    String key = Fields.optionalText(line, "key");
    if (key == null && event != null) {
      key = Fields.text(event, MODEL_TOPICS.contains(topic) ? "model" : "accountId");
    }
    String resolvedType = type == null ? ONLY_TYPE.getOrDefault(topic, "") : type;
    return new Input(topic, resolvedType, key, event, Fields.time(line, "timestamp"), offset);
  }

  boolean isAboutModel() {
    return MODEL_TOPICS.contains(topic);
  }
}
