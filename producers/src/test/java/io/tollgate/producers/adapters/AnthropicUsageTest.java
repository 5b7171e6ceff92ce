package io.tollgate.producers.adapters;

import static io.tollgate.producers.adapters.Fixtures.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.events.Completion;
import io.tollgate.events.UsageEvent;
import io.tollgate.events.UsageSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnthropicUsageTest {

  private static final List<JsonNode> STREAM = Fixtures.readLines("anthropic/stream.jsonl");

  private final AnthropicStream stream = new AnthropicStream();

  @Test
  void shouldTakeTheInputOfAMessageAsItIs() {
    UsageEvent.Builder event = AnthropicUsage.message(Fixtures.read("anthropic/message.json"));

    assertThat(tokens(event)).containsExactly(2095L, 1500L, 51L, 503L);
    assertThat(event.getOtherUnits())
        .isEqualTo(Map.of("cache_write_1h", 2000L, "web_search_call", 2L));
    assertThat(event.getServiceTier()).isEqualTo("standard");
    assertThat(event.getModel()).isEqualTo("claude-opus-4-5-20251101");
    assertThat(event.hasEventId()).isFalse();
  }

  @Test
  void shouldTakeAMessageWithoutACache() {
    UsageEvent.Builder event =
        AnthropicUsage.message(
            Fixtures.parse("{\"usage\": {\"input_tokens\": 3, \"output_tokens\": 4}}"));

    assertThat(tokens(event)).containsExactly(3L, 0L, 0L, 4L);
    assertThat(event.getOtherUnits()).isEmpty();
  }

  @Test
  void shouldRefuseCacheWritesThatDoNotAddUp() {
    ObjectNode message = Fixtures.read("anthropic/message.json");
    ((ObjectNode) message.get("usage")).put("cache_creation_input_tokens", 2052);

    assertThatExceptionOfType(AdapterException.class)
        .isThrownBy(() -> AnthropicUsage.message(message))
        .withMessage(
            "the parts in usage.cache_creation add up to 2051, what they belong to is 2052");
  }

  @Test
  void shouldRefuseAMessageWithoutUsage() {
    assertThatExceptionOfType(AdapterException.class)
        .isThrownBy(() -> AnthropicUsage.message(Fixtures.parse("{\"type\": \"error\"}")))
        .withMessage("usage is missing");
    assertThatExceptionOfType(AdapterException.class)
        .isThrownBy(
            () ->
                AnthropicUsage.message(
                    Fixtures.parse("{\"usage\": {\"input_tokens\": 0, \"output_tokens\": 0}}")))
        .withMessageContaining("nothing was used");
  }

  @Test
  void shouldTakeTheLastCountsOfAStreamAndAddNothing() {
    STREAM.forEach(stream::accept);

    UsageEvent.Builder event = stream.usage().orElseThrow();

    // The writes that came later are those for five minutes: 15 in all, 6 for an hour.
    assertThat(tokens(event)).containsExactly(30L, 7L, 9L, 15L);
    assertThat(event.getOtherUnits())
        .isEqualTo(Map.of("cache_write_1h", 6L, "web_search_call", 1L));
    assertThat(event.getServiceTier()).isEqualTo("priority");
    assertThat(event.getModel()).isEqualTo("claude-opus-4-5-20251101");
  }

  @Test
  void shouldEstimateTheOutputOfAStreamThatWasCut() {
    STREAM.subList(0, 5).forEach(stream::accept);

    assertThat(stream.usage()).isEmpty();
    UsageEvent event = stream.aborted(12).setAccountId("acme").setModel("claude-opus-4-5").build();

    assertThat(tokens(UsageEvent.newBuilder(event))).containsExactly(25L, 7L, 4L, 12L);
    assertThat(event.getOtherUnits()).isEqualTo(Map.of("cache_write_1h", 6L));
    assertThat(event.getCompletion()).isEqualTo(Completion.ABORTED);
    assertThat(event.getUsageSource()).isEqualTo(UsageSource.ESTIMATED);
    assertThat(event.getServiceTier()).isEqualTo("priority");
  }

  @Test
  void shouldNotEstimateBelowWhatTheProviderHasTold() {
    STREAM.subList(0, 6).forEach(stream::accept);

    assertThat(stream.aborted(2).getOutputTokens()).isEqualTo(9);
  }

  @Test
  void shouldRefuseToEstimateWhatNeverStarted() {
    assertThatExceptionOfType(AdapterException.class)
        .isThrownBy(() -> stream.aborted(5))
        .withMessage("usage.input_tokens is missing");
  }
}
