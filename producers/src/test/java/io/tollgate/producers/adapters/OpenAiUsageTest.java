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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiUsageTest {

  private final OpenAiUsage plain = OpenAiUsage.plain();
  private final OpenAiUsage apart = OpenAiUsage.pricingApart(Modality.AUDIO, Modality.IMAGE);

  @Test
  void shouldSplitTheUsageOfAChat() {
    UsageEvent.Builder event = plain.chat(Fixtures.read("openai/chat.json"));

    assertThat(tokens(event)).containsExactly(700L, 300L, 0L, 500L);
    assertThat(event.getServiceTier()).isEqualTo("standard");
    assertThat(event.getModel()).isEqualTo("gpt-5-2025-08-07");
    assertThat(event.hasEventId()).isFalse();
    UsageEvent built = event.setAccountId("acme").setModel("gpt-5").build();
    assertThat(built.getModel()).isEqualTo("gpt-5");
    assertThat(built.getCompletion()).isEqualTo(Completion.COMPLETE);
    assertThat(built.getUsageSource()).isEqualTo(UsageSource.PROVIDER);
    assertThat(built.getOtherUnits()).isEmpty();
  }

  @Test
  void shouldSplitTheUsageOfAResponse() {
    UsageEvent.Builder event = plain.responses(Fixtures.read("openai/responses.json"));

    assertThat(tokens(event)).containsExactly(512L, 1024L, 512L, 100L);
    assertThat(event.getServiceTier()).isEqualTo("priority");
  }

  @Test
  void shouldReadEmbeddings() {
    UsageEvent.Builder event = plain.embeddings(Fixtures.read("openai/embeddings.json"));

    assertThat(tokens(event)).containsExactly(8L, 0L, 0L, 0L);
    assertThat(event.getModel()).isEqualTo("text-embedding-3-small");
  }

  @Test
  void shouldPriceImagesApartIfToldTo() {
    JsonNode response = Fixtures.read("openai/images.json");

    assertThat(tokens(plain.images(response))).containsExactly(100L, 0L, 0L, 1000L);
    UsageEvent.Builder event = apart.images(response);
    assertThat(tokens(event)).containsExactly(60L, 0L, 0L, 1000L);
    assertThat(event.getOtherUnits()).isEqualTo(Map.of("input_image", 40L));
  }

  @Test
  void shouldPriceAudioApartIfToldTo() {
    JsonNode response = Fixtures.read("openai/chat-audio.json");

    assertThat(tokens(plain.chat(response))).containsExactly(130L, 0L, 0L, 220L);
    UsageEvent.Builder event = apart.chat(response);
    assertThat(tokens(event)).containsExactly(30L, 0L, 0L, 20L);
    assertThat(event.getOtherUnits()).isEqualTo(Map.of("input_audio", 100L, "output_audio", 200L));
  }

  @Test
  void shouldPriceCachedAudioApartIfTheProviderTellsIt() {
    JsonNode response =
        usage(
            """
            {"prompt_tokens": 100, "completion_tokens": 0, "total_tokens": 100,
             "prompt_tokens_details": {"cached_tokens": 60, "text_tokens": 30, "audio_tokens": 70,
               "cached_tokens_details": {"text_tokens": 10, "audio_tokens": 50}}}\
            """);

    UsageEvent.Builder event = apart.chat(response);

    assertThat(tokens(event)).containsExactly(20L, 10L, 0L, 0L);
    assertThat(event.getOtherUnits())
        .isEqualTo(Map.of("input_audio", 20L, "input_audio_cached", 50L));
  }

  @Test
  void shouldRefuseToGuessWhatOfTheCachedInputWasAudio() {
    JsonNode response =
        usage(
            """
            {"prompt_tokens": 100, "completion_tokens": 0, "total_tokens": 100,
             "prompt_tokens_details": {"cached_tokens": 60, "audio_tokens": 70}}\
            """);

    assertThat(tokens(plain.chat(response))).containsExactly(40L, 60L, 0L, 0L);
    assertThatExceptionOfType(AdapterException.class)
        .isThrownBy(() -> apart.chat(response))
        .withMessage(
            "usage.prompt_tokens_details does not tell how many of the cached tokens are AUDIO");
  }

  @Test
  void shouldTakeWhatServersSendThatKnowNoDetails() {
    JsonNode response =
        usage(
            """
            {"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15,
             "prompt_tokens_details": {"cached_tokens": 0, "text_tokens": 0, "audio_tokens": 0},
             "completion_tokens_details": null}\
            """);

    assertThat(tokens(plain.chat(response))).containsExactly(12L, 0L, 0L, 3L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"prompt_tokens":10,"completion_tokens":5,"total_tokens":16} | usage.total_tokens is 16, but its parts add up to 15
          {"prompt_tokens":10,"completion_tokens":5} | usage.total_tokens is missing
          {"prompt_tokens":10,"total_tokens":15} | usage.completion_tokens is missing
          {"prompt_tokens":-10,"completion_tokens":25,"total_tokens":15} | usage.prompt_tokens is not a whole number from 0
          {"prompt_tokens":10.0,"completion_tokens":5,"total_tokens":15} | usage.prompt_tokens is not a whole number from 0
          {"prompt_tokens":"10","completion_tokens":5,"total_tokens":15} | usage.prompt_tokens is not a whole number from 0
          {"prompt_tokens":99999999999999999999,"completion_tokens":5,"total_tokens":15} | usage.prompt_tokens is not a whole number from 0
          {"prompt_tokens":9223372036854775807,"completion_tokens":1,"total_tokens":15} | the counts in usage exceed 64 bits
          {"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"prompt_tokens_details":{"cached_tokens":8,"cache_write_tokens":3}} | the parts in usage.prompt_tokens_details add up to 11, what they belong to is 10
          {"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"prompt_tokens_details":{"text_tokens":4,"audio_tokens":5}} | the parts in usage.prompt_tokens_details add up to 9, what they belong to is 10
          {"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"prompt_tokens_details":{"audio_tokens":11}} | the parts in usage.prompt_tokens_details add up to 11, what they belong to is 10
          {"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"completion_tokens_details":{"reasoning_tokens":4,"rejected_prediction_tokens":2}} | the parts in usage.completion_tokens_details add up to 6, what they belong to is 5
          {"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"completion_tokens_details":{"audio_tokens":6}} | the parts in usage.completion_tokens_details add up to 6, what they belong to is 5
          {"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"prompt_tokens_details":[]} | usage.prompt_tokens_details is not an object
          """)
  void shouldRefuseUsageThatDoesNotAddUp(String usage, String fault) {
    JsonNode response = usage(usage);

    assertThatExceptionOfType(AdapterException.class)
        .isThrownBy(() -> plain.chat(response))
        .withMessage(fault);
  }

  @Test
  void shouldRefuseCacheWritesThatAreNotText() {
    JsonNode response =
        usage(
            """
            {"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15,
             "prompt_tokens_details": {"cache_write_tokens": 5, "audio_tokens": 10}}\
            """);

    assertThatExceptionOfType(AdapterException.class)
        .isThrownBy(() -> apart.chat(response))
        .withMessageContaining("no meter");
  }

  @Test
  void shouldRefuseAnEmbeddingWhoseTotalDiffers() {
    ObjectNode response = Fixtures.read("openai/embeddings.json");
    ((ObjectNode) response.get("usage")).put("total_tokens", 9);

    assertThatExceptionOfType(AdapterException.class)
        .isThrownBy(() -> plain.embeddings(response))
        .withMessage("usage.total_tokens is 9, but its parts add up to 8");
  }

  @Test
  void shouldNeverTakeACutStreamForOneOfZero() {
    ObjectNode without = Fixtures.read("openai/chat.json");
    without.putNull("usage");
    assertThatExceptionOfType(AdapterException.class)
        .isThrownBy(() -> plain.chat(without))
        .withMessage("usage is missing");
    assertThatExceptionOfType(AdapterException.class)
        .isThrownBy(
            () ->
                plain.chat(
                    usage("{\"prompt_tokens\":0,\"completion_tokens\":0,\"total_tokens\":0}")))
        .withMessageContaining("CutStream.estimate");
    assertThatExceptionOfType(AdapterException.class).isThrownBy(() -> CutStream.estimate(0, 0));
  }

  @Test
  void shouldReportACutStreamByAnEstimate() {
    UsageEvent event = CutStream.estimate(40, 7).setAccountId("acme").setModel("gpt-5").build();

    assertThat(List.of(event.getInputTokens(), event.getOutputTokens())).containsExactly(40L, 7L);
    assertThat(event.getCompletion()).isEqualTo(Completion.ABORTED);
    assertThat(event.getUsageSource()).isEqualTo(UsageSource.ESTIMATED);
  }

  @Test
  void shouldFindTheUsageInTheLastChunkOfAStream() {
    OpenAiStream stream = new OpenAiStream(plain);
    List<JsonNode> chunks = Fixtures.readLines("openai/chat-stream.jsonl");

    chunks.subList(0, 2).forEach(stream::accept);
    assertThat(stream.usage()).isEmpty(); // as if it had been cut here

    stream.accept(chunks.get(2));
    UsageEvent.Builder event = stream.usage().orElseThrow();
    assertThat(tokens(event)).containsExactly(8L, 0L, 32L, 2L);
    assertThat(event.getServiceTier()).isEqualTo("priority");
  }

  private static JsonNode usage(String usage) {
    return Fixtures.parse("{\"model\": \"gpt-5\", \"usage\": " + usage + "}");
  }
}
