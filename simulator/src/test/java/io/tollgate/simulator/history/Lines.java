package io.tollgate.simulator.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON lines of {@code simulate}, in and out. */
public final class Lines {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Lines() {}

  public static ObjectNode parse(String line) {
    try {
      if (JSON.readTree(line) instanceof ObjectNode object) {
        return object;
      }
      throw new IllegalArgumentException("not a JSON object: " + line);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static List<String> print(List<ObjectNode> lines) {
    return lines.stream().map(JsonNode::toString).toList();
  }

  public static ObjectNode record(
      String topic, String type, String key, String timestamp, @Nullable ObjectNode value) {
    ObjectNode line = object();
    line.put("topic", topic);
    line.put("timestamp", timestamp);
    line.put("type", type);
    line.put("key", key);
    line.set("value", value);
    return line;
  }

  public static ObjectNode object() {
    return JSON.createObjectNode();
  }

  public static String iso(long millis) {
    return ISO.format(Instant.ofEpochMilli(millis));
  }

  static long millis(String iso) {
    return Instant.parse(iso).toEpochMilli();
  }
}
