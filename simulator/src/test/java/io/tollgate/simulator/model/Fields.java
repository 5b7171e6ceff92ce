package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Typed access to the fields of an event in JSON. */
final class Fields {
  private Fields() {}

  static String text(JsonNode event, String field) {
    return event.path(field).asText();
  }

  static @Nullable String optionalText(JsonNode event, String field) {
    JsonNode node = event.path(field);
    return node.isMissingNode() || node.isNull() ? null : node.asText();
  }

  static long number(JsonNode event, String field) {
    return event.path(field).asLong();
  }

  static @Nullable Long optionalNumber(JsonNode event, String field) {
    JsonNode node = event.path(field);
    return node.isMissingNode() || node.isNull() ? null : node.asLong();
  }

  static long time(JsonNode event, String field) {
    return Times.parse(text(event, field));
  }

  static @Nullable Long optionalTime(JsonNode event, String field) {
    String text = optionalText(event, field);
    return text == null ? null : Times.parse(text);
  }

  static boolean flag(JsonNode event, String field) {
    return event.path(field).asBoolean();
  }

  static List<String> texts(JsonNode event, String field) {
    List<String> texts = new ArrayList<>();
    event.path(field).forEach(item -> texts.add(item.asText()));
    return texts;
  }

  static Map<String, Long> quantitiesByName(JsonNode event, String field) {
    Map<String, Long> quantities = new TreeMap<>();
    event
        .path(field)
        .properties()
        .forEach(entry -> quantities.put(entry.getKey(), entry.getValue().asLong()));
    return quantities;
  }
}
