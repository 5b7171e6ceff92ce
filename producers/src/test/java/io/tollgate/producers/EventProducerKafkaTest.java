package io.tollgate.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.events.UsageEvent;
import io.tollgate.schemas.serde.EventDeserializer;
import io.tollgate.schemas.topics.Direction;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventProducerKafkaTest {

  private static final int PARTITIONS = 4;
  private static final TopicNames TOPICS = TopicNames.withDefaultPrefix();
  private static final int ACME_PARTITION =
      Utils.toPositive(Utils.murmur2("acme".getBytes(StandardCharsets.UTF_8))) % PARTITIONS;

  private static EmbeddedKafka kafka;

  @BeforeAll
  static void startBrokerWithInputTopics() throws Exception {
    kafka = EmbeddedKafka.builder().start();
    List<NewTopic> topics =
        TopicCatalogue.all().stream()
            .filter(topic -> topic.direction() == Direction.IN)
            .map(topic -> topic.toNewTopic(TOPICS, PARTITIONS, (short) 1))
            .toList();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.createTopics(topics).all().get();
    }
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @Test
  void shouldDeliverEventsThatTollgateCanRead() throws Exception {
    List<SpecificRecord> events =
        List.of(
            Events.usage("acme", "e1"),
            Events.payment("acme"),
            Events.suspension("acme"),
            Events.prices("gpt-5"),
            Events.policy("gpt-5"));

    List<RecordMetadata> delivered = new ArrayList<>();
    try (EventProducer producer =
        new EventProducer(ProducerSettings.of(kafka.bootstrapServers()))) {
      for (SpecificRecord event : events) {
        delivered.add(producer.send(event).get());
      }
      delivered.add(producer.removeModelPrices("gpt-5").get());
    }

    assertThat(delivered)
        .extracting(RecordMetadata::topic)
        .containsExactly(
            "tollgate.usage-events",
            "tollgate.payment-events",
            "tollgate.account-events",
            "tollgate.price-book",
            "tollgate.access-policies",
            "tollgate.price-book");
    assertThat(delivered.subList(0, 3))
        .extracting(RecordMetadata::partition)
        .containsOnly(ACME_PARTITION);
    for (int i = 0; i < events.size(); i++) {
      ConsumerRecord<String, SpecificRecord> read = read(delivered.get(i));
      assertThat(read.value()).isEqualTo(events.get(i));
      assertThat(read.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
    }
    ConsumerRecord<String, SpecificRecord> tombstone = read(delivered.get(events.size()));
    assertThat(tombstone.key()).isEqualTo("gpt-5");
    assertThat(tombstone.value()).isNull();
  }

  @Test
  void shouldSendWhatTheReadmeSends() {
    Examples.produceUsage(kafka.bootstrapServers());

    UsageEvent event =
        (UsageEvent)
            read(
                    new TopicPartition(TOPICS.full(TopicCatalogue.USAGE_EVENTS), ACME_PARTITION),
                    0,
                    record ->
                        record.value() instanceof UsageEvent usage && usage.getSource() != null)
                .value();
    assertThat(event.getAccountId()).isEqualTo("acme");
    assertThat(event.getModel()).isEqualTo("gpt-5");
    assertThat(event.getInputTokens()).isEqualTo(700);
    assertThat(event.getOutputTokens()).isEqualTo(500);
    assertThat(event.getSource()).startsWith("gateway-1/");
  }

  @Test
  void shouldSendPaymentsAndFactsOfAccounts() throws Exception {
    TollgateProducers tollgate = TollgateProducers.connect(kafka.bootstrapServers());
    try (PaymentProducer payments = tollgate.payments();
        AccountProducer accounts = tollgate.accounts();
        EventProducer others = tollgate.events()) {
      RecordMetadata payment = payments.send(Events.payment("acme")).get();
      RecordMetadata suspension = accounts.send(Events.suspension("acme")).get();
      RecordMetadata prices = others.send(Events.prices("gpt-5")).get();

      assertThat(read(payment).value()).isEqualTo(Events.payment("acme"));
      assertThat(read(suspension).value()).isEqualTo(Events.suspension("acme"));
      assertThat(read(prices).value()).isEqualTo(Events.prices("gpt-5"));
    }
  }

  @Test
  void shouldReportEventsForATopicThatIsMissing() {
    ProducerSettings settings =
        ProducerSettings.of(kafka.bootstrapServers())
            .withTopicPrefix("missing.")
            .withKafkaProperty("max.block.ms", "300");
    EventProducer producer = new EventProducer(settings);

    assertThatThrownBy(() -> producer.send(Events.usage("acme", "e1")).get())
        .hasCauseInstanceOf(TimeoutException.class);
    producer.send(Events.usage("acme", "e2"));

    assertThatThrownBy(producer::close)
        .isInstanceOf(DeliveryException.class)
        .hasMessageContaining("missing.usage-events");
    assertThat(producer.failureCount()).isEqualTo(2);
  }

  private static ConsumerRecord<String, SpecificRecord> read(RecordMetadata coordinates) {
    return read(
        new TopicPartition(coordinates.topic(), coordinates.partition()),
        coordinates.offset(),
        record -> true);
  }

  /** The first such record from this offset on. */
  private static ConsumerRecord<String, SpecificRecord> read(
      TopicPartition partition,
      long offset,
      Predicate<ConsumerRecord<String, SpecificRecord>> isIt) {
    try (KafkaConsumer<String, SpecificRecord> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new StringDeserializer(),
            EventDeserializer.any())) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, offset);
      while (true) {
        for (ConsumerRecord<String, SpecificRecord> record :
            consumer.poll(Duration.ofMillis(100))) {
          if (isIt.test(record)) {
            return record;
          }
        }
      }
    }
  }
}
