package io.tollgate.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.events.AccessRequirement;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.ModelAccessPolicy;
import io.tollgate.events.ModelPrices;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.PriceRow;
import io.tollgate.events.RejectionReason;
import io.tollgate.events.UsageEvent;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.Direction;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicSpec;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventProducerTest {

  private static final ProducerSettings SETTINGS = ProducerSettings.of("localhost:9092");

  private final TimeoutException timeout = new TimeoutException("no broker");

  private final MockProducer<String, byte[]> kafka = Events.kafka();
  private final EventProducer producer = Events.producer(kafka, SETTINGS);

  static Stream<Schema> inputTypes() {
    return TopicCatalogue.all().stream()
        .filter(topic -> topic.direction() == Direction.IN)
        .flatMap(topic -> topic.records().stream());
  }

  @ParameterizedTest
  @MethodSource("inputTypes")
  void shouldSendEachTypeToItsTopicUnderItsKey(Schema type) throws IOException {
    TopicSpec topic =
        TopicCatalogue.all().stream()
            .filter(
                candidate ->
                    candidate.direction() == Direction.IN && candidate.records().contains(type))
            .findFirst()
            .orElseThrow();
    SpecificRecord event = Events.sample(type);
    event.put(type.getField(topic.key()).pos(), "key-1");

    Delivery<SpecificRecord> delivery = producer.send(event);

    assertThat(delivery.event()).isSameAs(event);
    ProducerRecord<String, byte[]> sent = onlySent();
    assertThat(sent.topic()).isEqualTo("tollgate." + topic.name());
    assertThat(sent.key()).isEqualTo("key-1");
    assertThat(EventCodec.decode(sent.value())).isEqualTo(event);
    // Left to the broker and to murmur2 of the key.
    assertThat(sent.timestamp()).isNull();
    assertThat(sent.partition()).isNull();
  }

  @Test
  void shouldRemovePricesAndPoliciesByTombstones() {
    producer.removeModelPrices("gpt-5");
    producer.removeAccessPolicy("gpt-5");

    assertThat(kafka.history())
        .containsExactly(
            new ProducerRecord<>("tollgate.price-book", "gpt-5", null),
            new ProducerRecord<>("tollgate.access-policies", "gpt-5", null));
    assertThatIllegalArgumentException().isThrownBy(() -> producer.removeModelPrices(""));
  }

  @Test
  void shouldUseThePrefixOfTheInstallation() {
    Events.producer(kafka, SETTINGS.withTopicPrefix("eu.")).send(Events.usage("acme", "e1"));

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
    assertThat(metric("refused-total")).isEqualTo(3.0);
  }

  @Test
  void shouldRefuseWhatThePipelineWouldReject() {
    UsageEvent negative = Events.usage("acme", "e1");
    negative.setOutputTokens(-1);
    UsageEvent longId = Events.usage("acme", "e".repeat(257));
    PaymentSucceeded nothing = Events.payment("acme");
    nothing.setAmountNanos(0);
    ModelPrices negativePrice = Events.prices("gpt-5");
    negativePrice.setRows(List.of(new PriceRow("input", "standard", 0L, -1L, Events.START)));
    ModelAccessPolicy noId = Events.policy("gpt-5");
    noId.setRequirements(List.of(AccessRequirement.newBuilder().setCapability("*").build()));

    assertRefused(negative, RejectionReason.MALFORMED, "outputTokens is -1");
    assertRefused(longId, RejectionReason.LIMIT_EXCEEDED, "eventId has over 256 bytes");
    assertRefused(nothing, RejectionReason.MALFORMED, "amountNanos is 0");
    assertRefused(negativePrice, RejectionReason.MALFORMED, "nanosPerMillion");
    assertRefused(noId, RejectionReason.MALFORMED, "policyId is empty");
    assertThat(kafka.history()).isEmpty();
  }

  private void assertRefused(SpecificRecord event, RejectionReason reason, String detail) {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> producer.send(event))
        .withMessageContaining(event.getSchema().getName())
        .withMessageContaining(detail)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void shouldRefuseAnEventWithoutARequiredField() {
    UsageEvent event = new UsageEvent();
    event.setAccountId("acme");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> producer.send(event))
        .withMessageContaining("UsageEvent")
        .withMessageContaining("eventId");
  }

  @Test
  void shouldSendWhatTheEventSaidThen() {
    UsageEvent event = Events.usage("acme", "e1");
    producer.send(event);
    event.setInputTokens(2);

    assertThat(EventCodec.decode(onlySent().value())).isEqualTo(Events.usage("acme", "e1"));
  }

  @Test
  void shouldRefuseBeyondTheBoundInFlightUntilThereIsRoom() {
    EventProducer bounded =
        Events.producer(kafka, SETTINGS.withMaxInFlight(2).withMaxWait(Duration.ZERO));
    bounded.send(Events.usage("acme", "e1"));
    bounded.send(Events.usage("acme", "e2"));

    assertThatExceptionOfType(BackPressureException.class)
        .isThrownBy(() -> bounded.send(Events.usage("acme", "e3")))
        .withMessageContaining("2 events are in flight")
        .withMessageContaining("not sent");
    assertThat(kafka.history()).hasSize(2);

    kafka.completeNext();
    bounded.send(Events.usage("acme", "e3"));
    assertThatExceptionOfType(BackPressureException.class)
        .isThrownBy(() -> bounded.removeModelPrices("gpt-5"));
    kafka.errorNext(timeout);
    kafka.errorNext(timeout);
    bounded.send(Events.usage("acme", "e4"));
    assertThat(kafka.history()).hasSize(4);
  }

  @Test
  void shouldWaitForRoomInFlight() throws Exception {
    EventProducer bounded = Events.producer(kafka, SETTINGS.withMaxInFlight(1));
    bounded.send(Events.usage("acme", "e1"));
    AtomicReference<Delivery<UsageEvent>> second = new AtomicReference<>();
    Thread sender = new Thread(() -> second.set(bounded.send(Events.usage("acme", "e2"))));
    sender.start();
    while (sender.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertThat(kafka.history()).hasSize(1);

    kafka.completeNext();
    sender.join();

    assertThat(second.get()).isNotDone();
    assertThat(kafka.history()).hasSize(2);
  }

  @Test
  void shouldStopWaitingWhenInterrupted() {
    EventProducer bounded = Events.producer(kafka, SETTINGS.withMaxInFlight(1));
    bounded.send(Events.usage("acme", "e1"));

    Thread.currentThread().interrupt();

    assertThatExceptionOfType(InterruptException.class)
        .isThrownBy(() -> bounded.send(Events.usage("acme", "e2")));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(kafka.history()).hasSize(1);
  }

  @Test
  void shouldTakeNoRoomForWhatKafkaDoesNotTake() {
    EventProducer bounded = Events.producer(kafka, SETTINGS.withMaxInFlight(1));
    kafka.sendException = new KafkaException("fatal");
    assertThat(bounded.send(Events.usage("acme", "e1"))).isCompletedExceptionally();
    kafka.sendException = new IllegalStateException("closed");
    assertThatIllegalStateException().isThrownBy(() -> bounded.send(Events.usage("acme", "e2")));
    kafka.sendException = null;

    bounded.send(Events.usage("acme", "e3"));

    assertThat(kafka.history()).hasSize(1);
  }

  @Test
  void shouldCountWhatBecameOfEvents() {
    for (int i = 0; i < 4; i++) {
      producer.send(Events.usage("acme", "e" + i));
    }
    kafka.completeNext();
    kafka.completeNext();
    kafka.errorNext(timeout);

    assertThat(metric("sent-total")).isEqualTo(4.0);
    assertThat(metric("acknowledged-total")).isEqualTo(2.0);
    assertThat(metric("failed-total")).isEqualTo(1.0);
    assertThat(metric("refused-total")).isEqualTo(0.0);
    assertThat(metric("in-flight")).isEqualTo(1);
    assertThat((double) metric("latency-max")).isPositive();
    assertThat((double) metric("latency-avg")).isPositive();
  }

  private Object metric(String name) {
    return producer.metrics().entrySet().stream()
        .filter(metric -> metric.getKey().name().equals(name))
        .filter(metric -> metric.getKey().group().equals("tollgate-producer-metrics"))
        .findFirst()
        .orElseThrow()
        .getValue()
        .metricValue();
  }

  @Test
  void shouldShowItsMetricsInJmxUntilItIsClosed() throws Exception {
    MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();
    ObjectName name =
        new ObjectName("tollgate.producer:type=tollgate-producer-metrics,client-id=test");
    producer.send(Events.usage("acme", "e1"));

    assertThat(jmx.getAttribute(name, "sent-total")).isEqualTo(1.0);

    kafka.completeNext();
    producer.close();
    assertThat(jmx.isRegistered(name)).isFalse();
  }

  @Test
  void shouldCompleteWithTheCoordinates() throws Exception {
    Delivery<UsageEvent> delivery = producer.send(Events.usage("acme", "e1"));
    assertThat(delivery).isNotDone();

    kafka.completeNext();

    assertThat(delivery.get().topic()).isEqualTo("tollgate.usage-events");
    producer.close();
    assertThat(producer.failureCount()).isZero();
  }

  @Test
  void shouldDeliverEverythingOnFlushAndOnClose() {
    Delivery<UsageEvent> first = producer.send(Events.usage("acme", "e1"));
    producer.flush();
    assertThat(first).isCompleted();

    Delivery<UsageEvent> second = producer.send(Events.usage("acme", "e2"));
    producer.close();
    assertThat(second).isCompleted();
  }

  @Test
  void shouldThrowOnCloseIfAFailureWentUnnoticed() {
    producer.send(Events.usage("acme", "e1"));
    producer.send(Events.usage("acme", "e2"));
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
    Delivery<UsageEvent> delivery = producer.send(Events.usage("acme", "e1"));
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
    Delivery<UsageEvent> delivery = producer.send(Events.usage("acme", "e1"));
    await.accept(delivery);

    kafka.errorNext(timeout);

    producer.close();
    assertThat(producer.failureCount()).isEqualTo(1);
  }

  @Test
  void shouldReportFailuresThatKafkaThrowsThroughTheFuture() {
    kafka.sendException = new KafkaException("fatal");

    Delivery<UsageEvent> delivery = producer.send(Events.usage("acme", "e1"));

    assertThatThrownBy(delivery::join).hasRootCauseMessage("fatal");
    assertThat(producer.failureCount()).isEqualTo(1);
  }

  @Test
  void shouldCloseOnceAndRefuseToSendAfterwards() {
    producer.close();
    producer.close();

    assertThatIllegalStateException().isThrownBy(() -> producer.send(Events.usage("acme", "e1")));
  }

  private ProducerRecord<String, byte[]> onlySent() {
    assertThat(kafka.history()).hasSize(1);
    return kafka.history().get(0);
  }
}
