package io.tollgate.example.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.consumers.gate.ModelCall;
import io.tollgate.domain.event.Quantities;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A chat completion that a client asks for. What it may use at most is known before it is sent on,
 * because the gateway puts a limit where there is none, and takes one answer of text only.
 *
 * @param json what is sent on; a stream in it tells its usage
 * @param wantsUsage whether the client asked for the usage of its stream too
 */
record ChatRequest(ObjectNode json, boolean wantsUsage) {

  private static final long DEFAULT_LIMIT = 4_096;
  private static final long MAX_LIMIT = 1_000_000;

  /** On average, for English; what a stream that was cut is charged by. */
  private static final long BYTES_PER_TOKEN = 4;

  /**
   * Reads a request.
   *
   * @throws ApiException if it is none, or may use what cannot be told before
   */
  static ChatRequest parse(byte[] body) {
    ObjectNode json = object(body);
    require(json.path("model").isTextual(), "model is missing.");
    require(json.path("messages").isArray(), "messages is missing.");
    for (JsonNode type : json.path("messages").findValues("type")) {
      require(List.of("text", "function").contains(type.asText()), "This gateway takes text only.");
    }
    require(json.path("n").asInt(1) == 1, "This gateway gives one answer: n must be 1.");
    String limitName = json.hasNonNull("max_tokens") ? "max_tokens" : "max_completion_tokens";
    long limit = json.hasNonNull(limitName) ? json.path(limitName).asLong() : DEFAULT_LIMIT;
    require(
        limit > 0 && limit <= MAX_LIMIT,
        "%s must be a number from 1 to %d.".formatted(limitName, MAX_LIMIT));
    json.remove("max_tokens"); // its older name
    json.put("max_completion_tokens", limit);
    boolean wantsUsage = json.at("/stream_options/include_usage").asBoolean();
    if (json.path("stream").asBoolean()) {
      json.putObject("stream_options").put("include_usage", true);
    }
    return new ChatRequest(json, wantsUsage);
  }

  private static ObjectNode object(byte[] body) {
    try {
      if (Json.parse(body) instanceof ObjectNode json) {
        return json;
      }
    } catch (IOException e) {
      // Told below; the parser's message quotes what the client sent.
    }
    throw ApiException.invalidRequest("The body is not a JSON object.");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw ApiException.invalidRequest(message);
    }
  }

  boolean isStream() {
    return json.path("stream").asBoolean();
  }

  byte[] bytes() {
    return Json.bytes(json);
  }

  /** The call as the gate has to know it. A token is a byte at least, so bytes bound the input. */
  ModelCall callOf(String accountId) {
    return new ModelCall(
        accountId,
        json.path("model").asText(),
        isStream() ? List.of("streaming") : List.of(),
        tier(),
        new Quantities(
            bytes().length, 0, 0, json.path("max_completion_tokens").asLong(), Map.of()));
  }

  private String tier() {
    String asked = json.path("service_tier").asText("default");
    return List.of("default", "auto").contains(asked) ? "standard" : asked;
  }

  long likelyInputTokens() {
    return likelyTokens(bytes().length);
  }

  static long likelyTokens(long bytes) {
    return (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
  }
}
