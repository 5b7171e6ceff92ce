package io.tollgate.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tollgate.events.UsageEvent;
import io.tollgate.schemas.serde.EventCodec;
import java.util.List;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class UsageProducerTest {

  private final MockProducer<String, byte[]> kafka = Events.kafka();
  private final UsageProducer usage = usageProducer("gateway-1");

  private UsageProducer usageProducer(String name) {
    return new UsageProducer(
        new SequencedSource(name, () -> Events.START),
        Events.producer(kafka, ProducerSettings.of("localhost:9092")));
  }

  @Test
  void shouldGiveACallAnIdATimeAndANumberOfItsSource() {
    UsageEvent first = usage.send(call()).event();
    UsageEvent second = usage.send(call()).event();

    assertThat(sent()).containsExactly(first, second);
    assertThat(UUID.fromString(first.getEventId()).version()).isEqualTo(7);
    assertThat(second.getEventId()).isGreaterThan(first.getEventId());
    assertThat(first.getOccurredAt()).isEqualTo(Events.START);
    assertThat(first.getSource()).isEqualTo(usage.source()).startsWith("gateway-1/");
    assertThat(List.of(first, second)).extracting(UsageEvent::getSequence).containsExactly(1L, 2L);
    assertThat(first.getServiceTier()).isEqualTo("standard");
    assertThat(first.getInputTokens()).isEqualTo(700);
  }

  @Test
  void shouldBeASourceOfItsOwnAtEachStart() {
    UsageProducer restarted = usageProducer("gateway-1");

    assertThat(restarted.source()).startsWith("gateway-1/").isNotEqualTo(usage.source());
    assertThat(restarted.stamp(call()).getSequence()).isEqualTo(1);
  }

  @Test
  void shouldKeepTheIdOfACallThatIsSentAgain() {
    Delivery<UsageEvent> lost = usage.send(call());
    kafka.errorNext(new TimeoutException("no broker"));

    assertThat(lost.isCompletedExceptionally()).isTrue();
    Delivery<UsageEvent> again = usage.send(lost.event());

    assertThat(again.event()).isEqualTo(lost.event());
    assertThat(sent()).containsExactly(lost.event(), lost.event());
    assertThat(usage.send(call()).event().getSequence()).isEqualTo(2);
  }

  @Test
  void shouldLeaveACallThatHasAnIdAsItIs() {
    UsageEvent event = usage.send(call().setEventId("request-1")).event();

    assertThat(event.getEventId()).isEqualTo("request-1");
    assertThat(event.getSource()).isNull();
    assertThat(event.getSequence()).isNull();
    assertThat(event.getOccurredAt()).isEqualTo(Events.START);

    UsageEvent resumed =
        usage
            .send(call().setEventId("request-2").setSource("gateway-1/before").setSequence(41L))
            .event();
    assertThat(resumed.getSource()).isEqualTo("gateway-1/before");
    assertThat(resumed.getSequence()).isEqualTo(41);
  }

  @Test
  void shouldKeepTheTimeOfACallThatHasOne() {
    UsageEvent event = usage.stamp(call().setOccurredAt(Events.START.minusSeconds(5)));

    assertThat(event.getOccurredAt()).isEqualTo(Events.START.minusSeconds(5));
  }

  @Test
  void shouldLeaveTheBuilderAloneSoThatItCanServeForTheNextCall() {
    UsageEvent.Builder template = call();

    UsageEvent first = usage.send(template).event();
    UsageEvent second = usage.send(template).event();

    assertThat(template.hasEventId()).isFalse();
    assertThat(second.getEventId()).isNotEqualTo(first.getEventId());
  }

  @Test
  void shouldRefuseANumberWithoutTheIdThatItBelongsTo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> usage.send(call().setSequence(3L)))
        .withMessageContaining("eventId");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> usage.send(call().setSource("gateway-1/before")))
        .withMessageContaining("eventId");
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> usage.send(call().setEventId("")))
        .withMessageContaining("eventId is empty");
    assertThat(kafka.history()).isEmpty();
  }

  @Test
  void shouldRefuseANameThatNoSourceCouldBear() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> usageProducer(" "))
        .withMessageContaining("name");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> usageProducer("é".repeat(101)))
        .withMessageContaining("200 bytes");
    usageProducer("é".repeat(100)).send(call()); // its source fits
    assertThat(sent()).hasSize(1);
  }

  private static UsageEvent.Builder call() {
    return UsageProducer.event("acme", "gpt-5").setInputTokens(700).setOutputTokens(500);
  }

  private List<SpecificRecord> sent() {
    return kafka.history().stream().map(record -> EventCodec.decode(record.value())).toList();
  }
}
