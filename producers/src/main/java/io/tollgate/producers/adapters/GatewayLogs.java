package io.tollgate.producers.adapters;

import static java.time.format.DateTimeFormatter.ISO_DATE_TIME;

import com.fasterxml.jackson.databind.JsonNode;
import io.tollgate.events.Completion;
import io.tollgate.events.UsageEvent;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAccessor;
import java.util.Map;

/**
 * Usage as gateways log it: for platforms whose gateway cannot report calls itself.
 *
 * <p>Logs do not tell how much of the input came from a cache, so it is all priced as input; what
 * they say of costs is not read. They note a stream that was cut as one of zero tokens, which is
 * refused here: {@link CutStream}. Account, and model where it is not as it was called, are the
 * caller's to set.
 *
 * <p>Each throws {@link AdapterException} if a field is missing or has another shape, or if the
 * parts do not add up to the total.
 */
public final class GatewayLogs {

  private GatewayLogs() {}

  /**
   * A spend log of LiteLLM. Its {@code request_id} becomes the event's id, its end the event's
   * time; what failed is not charged. The API key is left out: it may be the key itself.
   */
  public static UsageEvent.Builder liteLlm(JsonNode log) {
    JsonFields fields = JsonFields.of(log);
    Parts parts = promptAndCompletion(fields);
    boolean failed = "failure".equals(fields.optionalText("status"));
    return Parts.describe(
            failed ? parts.event().setCompletion(Completion.FAILED) : parts.charged(),
            fields.text("model"),
            null)
        .setEventId(fields.text("request_id"))
        .setOccurredAt(time(fields, "endTime"));
  }

  /**
   * A log entry of Kong with its AI proxy, whose usage stands at {@code ai.proxy.usage}. It has no
   * id: set one if entries may be read twice.
   */
  public static UsageEvent.Builder kong(JsonNode entry) {
    JsonFields usage = JsonFields.of(entry).object("ai").object("proxy").object("usage");
    return Parts.describe(promptAndCompletion(usage).charged(), null, null);
  }

  /**
   * An access log entry of Envoy AI Gateway, whose {@code x-request-id} becomes the event's id: let
   * Envoy make it ({@code preserve_external_request_id} off), or customers choose it, and a call
   * that bears an id again is not charged.
   */
  public static UsageEvent.Builder envoy(JsonNode entry) {
    JsonFields fields = JsonFields.of(entry);
    return GenAiAttributes.read(fields).setEventId(fields.text("x-request-id"));
  }

  private static Parts promptAndCompletion(JsonFields usage) {
    long input = usage.count("prompt_tokens");
    long output = usage.count("completion_tokens");
    usage.requireSum("total_tokens", input, output);
    return new Parts(input, 0, 0, output, Map.of());
  }

  /** ISO 8601, as a database may print it: a space for the T, and UTC if there is no offset. */
  private static Instant time(JsonFields fields, String name) {
    String text = fields.text(name);
    try {
      TemporalAccessor time =
          ISO_DATE_TIME.parseBest(
              text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
      return time instanceof LocalDateTime local
          ? local.toInstant(ZoneOffset.UTC)
          : OffsetDateTime.from(time).toInstant();
    } catch (DateTimeException e) {
      throw new AdapterException(fields.at(name) + " is not a time of ISO 8601", e);
    }
  }
}
