package io.tollgate.schemas.lines;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.schemas.json.IsoMillis;
import io.tollgate.schemas.json.JsonRecords;
import io.tollgate.schemas.topics.Direction;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicSpec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records as lines of JSON: {@code {"topic":…,"timestamp":…,"type":…,"key":…,"value":{…}}}, or
 * {@code {"advanceTo":…}}.
 */
public final class RecordLines {

  private static final String ADVANCE = "advanceTo";
  private static final String TIMESTAMP = "timestamp";
  private static final String A_TIME = "a time such as 2026-01-01T00:00:00.000Z";

  private static final Set<String> RECORD_FIELDS =
      Set.of("topic", TIMESTAMP, "type", "key", "value");

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

  private RecordLines() {}

  /**
   * What a line means.
   *
   * @throws InvalidLineException if it is not JSON, or names no known topic or type
   */
  public static InputLine parse(String line) {
    JsonNode node = read(line);
    return node.has(ADVANCE) ? new TimeLine(advance(node)) : record(node);
  }

  /**
   * A record as a line, every field present.
   *
   * @param value null is a tombstone
   */
  public static ObjectNode toJson(
      TopicSpec topic, Instant timestamp, @Nullable String key, @Nullable SpecificRecord value) {
    String type = value == null ? topic.records().get(0).getName() : value.getSchema().getName();
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("topic", topic.name());
    line.put(TIMESTAMP, IsoMillis.format(timestamp));
    line.put("type", type);
    line.put("key", key);
    line.set("value", value == null ? line.nullNode() : JsonRecords.toJson(value));
    return line;
  }

  private static JsonNode read(String line) {
    try {
      JsonNode node = JSON.readTree(line);
      if (!node.isObject()) {
        throw new InvalidLineException("not a JSON object");
      }
      return node;
    } catch (JacksonException e) {
      throw new InvalidLineException("not JSON: " + e.getOriginalMessage());
    }
  }

  private static long advance(JsonNode node) {
    if (node.size() > 1) {
      throw new InvalidLineException("advanceTo stands alone");
    }
    if (!node.path(ADVANCE).isTextual()) {
      throw new InvalidLineException("no advanceTo; " + A_TIME);
    }
    return time(node, ADVANCE);
  }

  private static RecordLine record(JsonNode node) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!RECORD_FIELDS.contains(name)) {
                throw new InvalidLineException(
                    "unknown field \"%s\"; a line has topic, timestamp, type, key and value"
                        .formatted(name));
              }
            });
    TopicSpec topic = topic(node);
    Schema type = type(topic, node);
    JsonNode value = node.path("value");
    return new RecordLine(
        topic,
        type,
        timestamp(node),
        key(topic, node, value),
        value.isMissingNode() || value.isNull() ? null : value);
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

  private static @Nullable Long timestamp(JsonNode node) {
    JsonNode timestamp = node.path(TIMESTAMP);
    if (timestamp.isMissingNode() || timestamp.isNull()) {
      return null;
    }
    if (!timestamp.isTextual()) {
      throw new InvalidLineException("no timestamp; " + A_TIME);
    }
    return time(node, TIMESTAMP);
  }

  private static long time(JsonNode node, String field) {
    String text = node.path(field).textValue();
    try {
      return IsoMillis.parse(text).toEpochMilli();
    } catch (IllegalArgumentException e) {
      throw new InvalidLineException(
          "%s is \"%s\", not a time such as 2026-01-01T00:00:00.000Z".formatted(field, text));
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
