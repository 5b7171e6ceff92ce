package io.tollgate.producers.adapters;

import static io.tollgate.producers.adapters.Fixtures.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.events.Completion;
import io.tollgate.events.UsageEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtherUsageTest {

  private static final Map<String, Object> SPAN =
      Map.of(
          "gen_ai.provider.name",
          "openai",
          "gen_ai.request.model",
          "gpt-5",
          "gen_ai.response.model",
          "gpt-5-2025-08-07",
          "gen_ai.response.id",
          "chatcmpl-1",
          "gen_ai.usage.input_tokens",
          100L,
          "gen_ai.usage.cache_read.input_tokens",
          60,
          "gen_ai.usage.cache_creation.input_tokens",
          10L,
          "gen_ai.usage.output_tokens",
          20L);

  @Test
  void shouldSplitTheInputOfASpan() {
    UsageEvent.Builder event = OpenTelemetryUsage.span("trace-1:span-1", SPAN);

    assertThat(tokens(event)).containsExactly(30L, 60L, 10L, 20L);
    assertThat(event.getEventId()).isEqualTo("trace-1:span-1");
    assertThat(event.getModel()).isEqualTo("gpt-5");
    assertThat(event.getServiceTier()).isEqualTo("standard");
  }

  @Test
  void shouldTakeTheModelAndTierThatASpanTells() {
    Map<String, Object> span = new HashMap<>(SPAN);
    span.remove("gen_ai.request.model");
    span.put("openai.response.service_tier", "priority");

    UsageEvent.Builder event = OpenTelemetryUsage.span("s", span);

    assertThat(event.getModel()).isEqualTo("gpt-5-2025-08-07");
    assertThat(event.getServiceTier()).isEqualTo("priority");
  }

  @Test
  void shouldRefuseASpanWhosePartsExceedItsInput() {
    Map<String, Object> span = new HashMap<>(SPAN);
    span.put("gen_ai.usage.cache_read.input_tokens", 91);

    assertThatExceptionOfType(AdapterException.class)
        .isThrownBy(() -> OpenTelemetryUsage.span("s", span))
        .withMessageContaining("add up to 101, what they belong to is 100");
    span.remove("gen_ai.usage.output_tokens");
    span.remove("gen_ai.usage.cache_read.input_tokens");
    assertThatExceptionOfType(AdapterException.class)
        .isThrownBy(() -> OpenTelemetryUsage.span("s", span))
        .withMessage("gen_ai.usage.output_tokens is missing");
  }

  @Test
  void shouldReadASpendLogOfLiteLlm() {
    UsageEvent event =
        GatewayLogs.liteLlm(Fixtures.read("gateways/litellm.json")).setAccountId("team-7").build();

    assertThat(tokens(UsageEvent.newBuilder(event))).containsExactly(100L, 0L, 0L, 50L);
    assertThat(event.getEventId()).isEqualTo("0f0f7a5c-92a7-4b3c-8f0a-8a9d3a5a7a11");
    assertThat(event.getOccurredAt()).isEqualTo(Instant.parse("2026-01-01T00:00:02.500Z"));
    assertThat(event.getModel()).isEqualTo("gpt-5");
    assertThat(event.toString()).doesNotContain("sk-secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-01 00:00:02.500000",
        "2026-01-01T00:00:02.5Z",
        "2026-01-01T02:00:02.500+02:00",
        "2026-01-01 01:00:02.500+01:00"
      })
  void shouldReadTimesAsDatabasesPrintThem(String time) {
    ObjectNode log = Fixtures.read("gateways/litellm.json").put("endTime", time);

    assertThat(GatewayLogs.liteLlm(log).getOccurredAt())
        .isEqualTo(Instant.parse("2026-01-01T00:00:02.500Z"));
  }

  @Test
  void shouldNotChargeWhatFailed() {
    ObjectNode log =
        Fixtures.read("gateways/litellm.json")
            .put("status", "failure")
            .put("prompt_tokens", 0)
            .put("completion_tokens", 0)
            .put("total_tokens", 0);

    assertThat(GatewayLogs.liteLlm(log).getCompletion()).isEqualTo(Completion.FAILED);

    log.put("status", "success");
    assertThatExceptionOfType(AdapterException.class)
        .isThrownBy(() -> GatewayLogs.liteLlm(log))
        .withMessageContaining("CutStream.estimate");
  }

  @Test
  void shouldRefuseALogThatDoesNotAddUpOrTellsNoTime() {
    ObjectNode log = Fixtures.read("gateways/litellm.json").put("total_tokens", 151);
    assertThatExceptionOfType(AdapterException.class)
        .isThrownBy(() -> GatewayLogs.liteLlm(log))
        .withMessage("total_tokens is 151, but its parts add up to 150");

    log.put("total_tokens", 150).put("endTime", "yesterday");
    assertThatExceptionOfType(AdapterException.class)
        .isThrownBy(() -> GatewayLogs.liteLlm(log))
        .withMessage("endTime is not a time of ISO 8601");
  }

  @Test
  void shouldReadALogEntryOfKong() {
    ObjectNode entry = Fixtures.read("gateways/kong.json");

    UsageEvent.Builder event = GatewayLogs.kong(entry);

    assertThat(tokens(event)).containsExactly(89L, 0L, 0L, 11L);
    assertThat(event.hasEventId()).isFalse();
    assertThat(event.hasModel()).isFalse();
    JsonNode usage = entry.at("/ai/proxy/usage");
    ((ObjectNode) usage).put("completion_tokens", 12);
    assertThatExceptionOfType(AdapterException.class)
        .isThrownBy(() -> GatewayLogs.kong(entry))
        .withMessage("ai.proxy.usage.total_tokens is 100, but its parts add up to 101");
  }

  @Test
  void shouldReadAnAccessLogEntryOfEnvoy() {
    UsageEvent.Builder event = GatewayLogs.envoy(Fixtures.read("gateways/envoy.json"));

    assertThat(tokens(event)).containsExactly(21L, 0L, 0L, 34L);
    assertThat(event.getEventId()).isEqualTo("b1a7c0de-0000-4000-8000-000000000001");
    assertThat(event.getModel()).isEqualTo("gpt-5");
  }
}
