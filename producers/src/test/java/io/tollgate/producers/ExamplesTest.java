package io.tollgate.producers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tollgate.events.Completion;
import io.tollgate.events.UsageEvent;
import io.tollgate.producers.adapters.StripeSignatureException;
import io.tollgate.schemas.serde.EventCodec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** What the pages on producing show does what they say. */
class ExamplesTest {

  private static final ProducerSettings SETTINGS = ProducerSettings.of("localhost:9092");

  private final MockProducer<String, byte[]> kafka = Events.kafka();
  private final EventProducer events = Events.producer(kafka, SETTINGS);
  private final UsageProducer usage =
      new UsageProducer(new SequencedSource("gateway-1", () -> Events.START), events);

  @Test
  void shouldKeepAnEventUntilItIsAcknowledged() {
    Set<UsageEvent> log = new HashSet<>();

    CompletableFuture<Void> lost = Examples.keepUntilAcknowledged(usage, call(), log);
    assertThat(log).hasSize(1);
    kafka.errorNext(new TimeoutException("no broker"));
    assertThat(lost).isCompletedExceptionally();
    assertThat(log).hasSize(1);

    CompletableFuture<Void> done = Examples.keepUntilAcknowledged(usage, call(), log);
    kafka.completeNext();
    assertThat(done).isCompleted();
    assertThat(log).containsExactly(sent(0));
  }

  private static UsageEvent.Builder call() {
    return UsageProducer.event("acme", "gpt-5").setInputTokens(1);
  }

  @Test
  void shouldReportAResponse() throws Exception {
    Examples.reportResponse(
        usage,
        json(
            """
            {"model": "gpt-5-2025-08-07",
             "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15,
                       "prompt_tokens_details": {"cached_tokens": 4}}}\
            """));

    assertThat(sent(0).getInputTokens()).isEqualTo(6);
    assertThat(sent(0).getCachedInputTokens()).isEqualTo(4);
    assertThat(sent(0).getModel()).isEqualTo("gpt-5");
    assertThat(sent(0).getSequence()).isEqualTo(1);
  }

  @Test
  void shouldReportAStreamAsItEndedOrAsAnEstimate() throws Exception {
    JsonNode first = json("{\"choices\": [{}], \"usage\": null}");
    JsonNode last =
        json(
            """
            {"choices": [],
             "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}}\
            """);

    Examples.reportStream(usage, List.of(first, last));
    Examples.reportStream(usage, List.of(first));

    assertThat(sent(0).getOutputTokens()).isEqualTo(5);
    assertThat(sent(0).getCompletion()).isEqualTo(Completion.COMPLETE);
    assertThat(sent(1).getOutputTokens()).isEqualTo(120);
    assertThat(sent(1).getCompletion()).isEqualTo(Completion.ABORTED);
  }

  @Test
  void shouldReadNoWebhookThatIsNotSigned() {
    assertThatExceptionOfType(StripeSignatureException.class)
        .isThrownBy(
            () ->
                Examples.readWebhook(
                    events, "whsec_x", id -> null, "{}".getBytes(UTF_8), "t=1,v1=00"));
    assertThat(kafka.history()).isEmpty();
  }

  private UsageEvent sent(int index) {
    return (UsageEvent) EventCodec.decode(kafka.history().get(index).value());
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }
}
