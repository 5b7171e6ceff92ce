package io.tollgate.example.gateway;

import static io.tollgate.schemas.topics.TopicCatalogue.LEDGER_ENTRIES;
import static io.tollgate.schemas.topics.TopicCatalogue.USAGE_EVENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.UsageEvent;
import io.tollgate.producers.EventProducer;
import io.tollgate.producers.ProducerSettings;
import io.tollgate.schemas.TrustedTypes;
import io.tollgate.schemas.serde.EventDeserializer;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.admin.AdminClients;
import io.tollgate.streams.admin.TopicAdmin;
import io.tollgate.streams.app.Pipeline;
import io.tollgate.streams.config.ConfigLoader;
import io.tollgate.streams.config.TollgateConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A broker with the pipeline on it, and what a test sends and reads there. */
final class Installation implements AutoCloseable {

  static {
    TrustedTypes.trust();
  }

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  // A group that waits for more members would make the test three seconds longer.
  private final EmbeddedKafka broker =
      EmbeddedKafka.builder().property("group.initial.rebalance.delay.ms", "0").start();
  private final TollgateConfig config;
  private final EventProducer events;
  private final Pipeline pipeline;

  Installation(Path stateDirectory) {
    config =
        ConfigLoader.load(
            null,
            Map.of(),
            Map.of(
                TollgateConfig.BOOTSTRAP_SERVERS,
                broker.bootstrapServers(),
                TollgateConfig.STATE_BACKEND,
                "memory",
                TollgateConfig.STATE_DIR,
                stateDirectory.toString()));
    try (Admin admin = AdminClients.open(config)) {
      assertThat(new TopicAdmin(admin, config.topicNames()).create(1, 1)).isNotEmpty();
    }
    events = new EventProducer(ProducerSettings.of(brokers()));
    pipeline = new Pipeline(config, 1);
  }

  String brokers() {
    return broker.bootstrapServers();
  }

  void send(SpecificRecord... records) {
    for (SpecificRecord record : records) {
      events.send(record).join();
    }
  }

  void startPipeline() throws Exception {
    pipeline.start(() -> true);
  }

  /** The report of the account's only call, once it is there. */
  UsageEvent report(String accountId) {
    return await(USAGE_EVENTS, UsageEvent.class, usage -> usage.getAccountId().equals(accountId));
  }

  /** What the account was charged first, or was credited, once it is booked. */
  LedgerEntry entry(String accountId, long version) {
    return await(
        LEDGER_ENTRIES,
        LedgerEntry.class,
        entry -> entry.getAccountId().equals(accountId) && entry.getVersion() == version);
  }

  private <E extends SpecificRecord> E await(
      TopicSpec topic, Class<E> type, Predicate<E> condition) {
    TopicPartition partition = new TopicPartition(config.topicNames().full(topic), 0);
    long end = System.nanoTime() + PATIENCE.toNanos();
    try (KafkaConsumer<String, E> consumer =
        new KafkaConsumer<>(
            config.consumer(), new StringDeserializer(), EventDeserializer.of(type))) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(consumer.assignment());
      while (System.nanoTime() < end) {
        for (ConsumerRecord<String, E> record : consumer.poll(Duration.ofMillis(100))) {
          if (condition.test(record.value())) {
            return record.value();
          }
        }
      }
    }
    throw new AssertionError("No such record in " + topic.name() + " within " + PATIENCE);
  }

  @Override
  public void close() {
    pipeline.close();
    events.close();
    broker.close();
  }
}
