package io.tollgate.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.events.BalanceAlert;
import io.tollgate.schemas.serde.EventSerializer;
import io.tollgate.schemas.topics.Direction;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicNames;
import io.tollgate.schemas.topics.TopicSpec;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventProducerTest {

  private final TimeoutException timeout = new TimeoutException("no broker");

  private final MockProducer<String, SpecificRecord> kafka =
      new MockProducer<>(false, null, new StringSerializer(), new EventSerializer<>());
  private final EventProducer producer = new EventProducer(kafka, TopicNames.withDefaultPrefix());

  static Stream<Schema> inputTypes() {
    return TopicCatalogue.all().stream()
        .filter(topic -> topic.direction() == Direction.IN)
        .flatMap(topic -> topic.records().stream());
  }

  @ParameterizedTest
  @MethodSource("inputTypes")
  void shouldSendEachTypeToItsTopicUnderItsKey(Schema type) {
    TopicSpec topic =
        TopicCatalogue.all().stream()
            .filter(
                candidate ->
                    candidate.direction() == Direction.IN && candidate.records().contains(type))
            .findFirst()
            .orElseThrow();
    SpecificRecord event = withDefaults(type);
    event.put(type.getField(topic.key()).pos(), "key-1");

    producer.send(event).isDone();

    ProducerRecord<String, SpecificRecord> sent = onlySent();
    assertThat(sent.topic()).isEqualTo("tollgate." + topic.name());
    assertThat(sent.key()).isEqualTo("key-1");
    assertThat(sent.value()).isSameAs(event);
    // Left to the broker and to murmur2 of the key.
    assertThat(sent.timestamp()).isNull();
    assertThat(sent.partition()).isNull();
  }

  @Test
  void shouldRemovePricesAndPoliciesByTombstones() {
    producer.removeModelPrices("gpt-5").isDone();
    producer.removeAccessPolicy("gpt-5").isDone();

    assertThat(kafka.history())
        .containsExactly(
            new ProducerRecord<>("tollgate.price-book", "gpt-5", null),
            new ProducerRecord<>("tollgate.access-policies", "gpt-5", null));
    assertThatIllegalArgumentException().isThrownBy(() -> producer.removeModelPrices(""));
  }

  @Test
  void shouldUseThePrefixOfTheInstallation() {
    new EventProducer(kafka, new TopicNames("eu.")).send(Events.usage("acme", "e1")).isDone();

    assertThat(onlySent().topic()).isEqualTo("eu.usage-events");
  }

  @Test
  void shouldRefuseWhatIsNoInput() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> producer.send(new BalanceAlert()))
        .withMessageContaining("BalanceAlert");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> producer.send(Events.usage("", "e1")))
        .withMessageContaining("accountId");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> producer.send(Events.prices("")))
        .withMessageContaining("model");
    assertThat(kafka.history()).isEmpty();
  }

  @Test
  void shouldCompleteWithTheCoordinates() throws Exception {
    CompletableFuture<RecordMetadata> delivery = producer.send(Events.usage("acme", "e1"));
    assertThat(delivery).isNotDone();

    kafka.completeNext();

    assertThat(delivery.get().topic()).isEqualTo("tollgate.usage-events");
    producer.close();
    assertThat(producer.failureCount()).isZero();
  }

  @Test
  void shouldDeliverEverythingOnFlushAndOnClose() {
    CompletableFuture<RecordMetadata> first = producer.send(Events.usage("acme", "e1"));
    producer.flush();
    assertThat(first).isCompleted();

    CompletableFuture<RecordMetadata> second = producer.send(Events.usage("acme", "e2"));
    producer.close();
    assertThat(second).isCompleted();
  }

  @Test
  void shouldThrowOnCloseIfAFailureWentUnnoticed() {
    producer.send(Events.usage("acme", "e1")).isDone();
    producer.send(Events.usage("acme", "e2")).isDone();
    kafka.errorNext(timeout);
    kafka.errorNext(new RecordTooLargeException("second"));

    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(producer::close)
        .withMessageContaining("2 events were not delivered")
        .withCause(timeout)
        .satisfies(e -> assertThat(e.failures()).isEqualTo(2));
    assertThat(kafka.closed()).isTrue();
    assertThat(producer.failureCount()).isEqualTo(2);
  }

  static List<Consumer<CompletableFuture<RecordMetadata>>> waysToAskForTheOutcome() {
    return List.of(
        delivery -> assertThatThrownBy(delivery::get).isInstanceOf(ExecutionException.class),
        delivery ->
            assertThatThrownBy(() -> delivery.get(1, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class),
        delivery -> assertThatThrownBy(delivery::join).isInstanceOf(CompletionException.class),
        delivery ->
            assertThatThrownBy(() -> delivery.getNow(null)).isInstanceOf(CompletionException.class),
        delivery -> assertThat(delivery.isCompletedExceptionally()).isTrue(),
        delivery -> delivery.exceptionally(e -> null).join(),
        delivery -> delivery.handle((metadata, e) -> e).join(),
        delivery -> delivery.handleAsync((metadata, e) -> e).join(),
        delivery -> delivery.handleAsync((metadata, e) -> e, Runnable::run).join());
  }

  @ParameterizedTest
  @MethodSource("waysToAskForTheOutcome")
  void shouldNotReportAgainWhatWasAskedForAfterwards(
      Consumer<CompletableFuture<RecordMetadata>> ask) {
    CompletableFuture<RecordMetadata> delivery = producer.send(Events.usage("acme", "e1"));
    kafka.errorNext(timeout);

    ask.accept(delivery);
    ask.accept(delivery);

    producer.close();
    assertThat(producer.failureCount()).isEqualTo(1);
  }

  static List<Consumer<CompletableFuture<RecordMetadata>>> waysToWaitForTheOutcome() {
    AtomicReference<Object> noticed = new AtomicReference<>();
    return List.of(
        delivery -> noticed.set(delivery.whenComplete((metadata, e) -> noticed.set(e))),
        delivery -> noticed.set(delivery.whenCompleteAsync((metadata, e) -> noticed.set(e))),
        delivery ->
            noticed.set(delivery.whenCompleteAsync((metadata, e) -> noticed.set(e), Runnable::run)),
        delivery -> noticed.set(delivery.thenApply(RecordMetadata::offset)),
        delivery -> noticed.set(CompletableFuture.allOf(delivery)));
  }

  @ParameterizedTest
  @MethodSource("waysToWaitForTheOutcome")
  void shouldNotReportAgainWhatSomebodyWaitedFor(
      Consumer<CompletableFuture<RecordMetadata>> await) {
    CompletableFuture<RecordMetadata> delivery = producer.send(Events.usage("acme", "e1"));
    await.accept(delivery);

    kafka.errorNext(timeout);

    producer.close();
    assertThat(producer.failureCount()).isEqualTo(1);
  }

  @Test
  void shouldReportFailuresThatKafkaThrowsThroughTheFuture() {
    kafka.sendException = new KafkaException("fatal");

    CompletableFuture<RecordMetadata> delivery = producer.send(Events.usage("acme", "e1"));

    assertThatThrownBy(delivery::join).hasRootCauseMessage("fatal");
    assertThat(producer.failureCount()).isEqualTo(1);
  }

  @Test
  void shouldCloseOnceAndRefuseToSendAfterwards() {
    producer.close();
    producer.close();

    assertThatIllegalStateException().isThrownBy(() -> producer.send(Events.usage("acme", "e1")));
  }

  private ProducerRecord<String, SpecificRecord> onlySent() {
    assertThat(kafka.history()).hasSize(1);
    return kafka.history().get(0);
  }

  /** An event of a type with the schema's defaults in every field. */
  private static SpecificRecord withDefaults(Schema type) {
    SpecificRecord event =
        (SpecificRecord) SpecificData.newInstance(SpecificData.get().getClass(type), type);
    for (Schema.Field field : type.getFields()) {
      event.put(
          field.pos(),
          field.schema().getLogicalType() == null
              ? SpecificData.get().getDefaultValue(field)
              : Events.START);
    }
    return event;
  }
}
