package io.tollgate.producers.adapters;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.events.UsageEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Objects as providers, gateways and Stripe document them. */
final class Fixtures {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Fixtures() {}

  static ObjectNode read(String name) {
    return (ObjectNode) parse(text(name));
  }

  /** A file of one object a line, such as the events of a stream. */
  static List<JsonNode> readLines(String name) {
    return text(name).lines().map(Fixtures::parse).toList();
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String name) {
    try (InputStream file = Fixtures.class.getResourceAsStream("/fixtures/" + name)) {
      return new String(Objects.requireNonNull(file, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Input, cached input, cache writes and output. */
  static List<Long> tokens(UsageEvent.Builder event) {
    return List.of(
        event.getInputTokens(),
        event.getCachedInputTokens(),
        event.getCacheWriteTokens(),
        event.getOutputTokens());
  }
}
