package io.tollgate.simulator;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tollgate.schemas.json.IsoMillis;
import io.tollgate.schemas.json.JsonRecordException;
import io.tollgate.schemas.json.JsonRecords;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.Direction;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicSpec;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of input: {@code {"topic":…,"timestamp":…,"type":…,"key":…,"value":{…}}} or {@code
 * {"advanceTo":…}}.
 */
public final class LineParser {

  private static final Set<String> ARRIVAL_FIELDS =
      Set.of("topic", "timestamp", "type", "key", "value");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  static {
    // A large event is for the pipeline to refuse.
    JSON.getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxStringLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .maxNumberLength(Integer.MAX_VALUE)
                .build());
  }

  private LineParser() {}

  /**
   * The step that a line means.
   *
   * @throws InvalidLineException if it is not JSON, or names no known topic or type
   */
  public static SimulatorInput parse(String line) {
    JsonNode node;
    try {
      node = JSON.readTree(line);
    } catch (JacksonException e) {
      throw new InvalidLineException("not JSON: " + e.getOriginalMessage());
    }
    if (!node.isObject()) {
      throw new InvalidLineException("not a JSON object");
    }
    if (node.has("advanceTo")) {
      if (node.size() > 1) {
        throw new InvalidLineException("advanceTo stands alone");
      }
      return new SimulatorInput.Advance(time(node, "advanceTo"));
    }
    return arrival(node);
  }

  private static SimulatorInput.Arrival arrival(JsonNode node) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!ARRIVAL_FIELDS.contains(name)) {
                throw new InvalidLineException(
                    "unknown field \"%s\"; a line has topic, timestamp, type, key and value"
                        .formatted(name));
              }
            });
    TopicSpec topic = topic(node);
    Schema type = type(topic, node);
    long time = time(node, "timestamp");
    JsonNode value = node.path("value");
    byte[] key = key(topic, node, value);
    if (value.isMissingNode() || value.isNull()) {
      return new SimulatorInput.Arrival(topic.name(), time, key, null, null);
    }
    try {
      byte[] bytes = EventCodec.encode(JsonRecords.fromJson(value, type));
      return new SimulatorInput.Arrival(topic.name(), time, key, bytes, null);
    } catch (JsonRecordException e) {
      byte[] bytes = value.toString().getBytes(StandardCharsets.UTF_8);
      return new SimulatorInput.Arrival(topic.name(), time, key, bytes, e.getMessage());
    }
  }

  private static TopicSpec topic(JsonNode node) {
    JsonNode name = node.path("topic");
    if (!name.isTextual()) {
      throw new InvalidLineException("no topic; one of " + inputs());
    }
    return TopicCatalogue.byName(name.textValue())
        .filter(topic -> topic.direction() == Direction.IN)
        .orElseThrow(
            () ->
                new InvalidLineException(
                    "\"%s\" is no input topic; one of %s".formatted(name.textValue(), inputs())));
  }

  private static String inputs() {
    return TopicCatalogue.all().stream()
        .filter(topic -> topic.direction() == Direction.IN)
        .map(TopicSpec::name)
        .collect(Collectors.joining(", "));
  }

  private static Schema type(TopicSpec topic, JsonNode node) {
    JsonNode type = node.path("type");
    if (type.isTextual()) {
      return topic
          .record(type.textValue())
          .orElseThrow(
              () ->
                  new InvalidLineException(
                      "topic %s has no type \"%s\"; one of %s"
                          .formatted(
                              topic.name(),
                              type.textValue(),
                              String.join(", ", topic.recordNames()))));
    }
    if (topic.records().size() == 1 && (type.isMissingNode() || type.isNull())) {
      return topic.records().get(0);
    }
    throw new InvalidLineException(
        "topic %s needs a type; one of %s"
            .formatted(topic.name(), String.join(", ", topic.recordNames())));
  }

  private static long time(JsonNode node, String field) {
    JsonNode text = node.path(field);
    if (!text.isTextual()) {
      throw new InvalidLineException(
          "no %s; a time such as 2026-01-01T00:00:00.000Z".formatted(field));
    }
    try {
      return IsoMillis.parse(text.textValue()).toEpochMilli();
    } catch (IllegalArgumentException e) {
      throw new InvalidLineException(
          "%s is \"%s\", not a time such as 2026-01-01T00:00:00.000Z"
              .formatted(field, text.textValue()));
    }
  }

  private static byte @Nullable [] key(TopicSpec topic, JsonNode node, JsonNode value) {
    JsonNode key =
        node.has("key") ? node.path("key") : value.path(String.valueOf(topic.keyField()));
    if (key.isNull() || key.isMissingNode()) {
      return null;
    }
    return key.asText().getBytes(StandardCharsets.UTF_8);
  }
}
