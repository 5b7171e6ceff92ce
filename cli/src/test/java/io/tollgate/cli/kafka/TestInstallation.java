package io.tollgate.cli.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.cli.CommandRun;
import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.schemas.TrustedTypes;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicNames;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.app.Pipeline;
import io.tollgate.streams.config.ConfigLoader;
import io.tollgate.streams.config.TollgateConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An installation of its own for each test, on a broker that all tests of the run share: it takes
 * seconds to start.
 */
public final class TestInstallation implements BeforeEachCallback {

  static {
    TrustedTypes.trust();
  }

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final AtomicInteger COUNT = new AtomicInteger();

  private String bootstrapServers = "";
  private String prefix = "";

  @Override
  public void beforeEach(ExtensionContext test) {
    Broker broker =
        test.getRoot()
            .getStore(ExtensionContext.Namespace.create(TestInstallation.class))
            .getOrComputeIfAbsent(Broker.class);
    bootstrapServers = broker.kafka.bootstrapServers();
    prefix = "test" + COUNT.incrementAndGet() + ".";
  }

  /** Started once, closed at the end of the run. */
  static final class Broker implements AutoCloseable {

    private final EmbeddedKafka kafka = EmbeddedKafka.builder().start();

    @Override
    public void close() {
      kafka.close();
    }
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** What its topics start with. */
  public String prefix() {
    return prefix;
  }

  /** Its settings, and these. */
  public TollgateConfig config(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put(TollgateConfig.BOOTSTRAP_SERVERS, bootstrapServers);
    settings.put(TollgateConfig.TOPIC_PREFIX, prefix);
    settings.put(TollgateConfig.APPLICATION_ID, applicationId());
    return ConfigLoader.load(null, Map.of(), settings);
  }

  /** Its group, and what its changelogs start with. */
  public String applicationId() {
    return prefix + "app";
  }

  /** Runs a command that talks to it. */
  public CommandRun run(String... args) {
    return CommandRun.of(withOptions(args));
  }

  /** Runs a command that talks to it, with this on standard input. */
  public CommandRun runWithInput(String input, String... args) {
    return CommandRun.withInput(input, withOptions(args));
  }

  /** A command line that talks to it. */
  public String[] withOptions(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--bootstrap-server", bootstrapServers, "--topic-prefix", prefix));
    all.addAll(List.of("--set", TollgateConfig.APPLICATION_ID + "=" + applicationId()));
    return all.toArray(String[]::new);
  }

  /** Creates its topics. */
  public void createTopics(int partitions) {
    CommandRun created = run("topics", "create", "--partitions", Integer.toString(partitions));
    assertThat(created.err()).isEmpty();
    assertThat(created.exitCode()).isZero();
  }

  /** Writes records in one transaction, each to the topic of its type under its own key. */
  public void write(SpecificRecord... records) {
    write(true, records);
  }

  /** Writes records in a transaction that is given up. */
  public void writeInVain(SpecificRecord... records) {
    write(false, records);
  }

  private void write(boolean commit, SpecificRecord... records) {
    transaction(
        commit,
        producer -> {
          for (SpecificRecord record : records) {
            TopicSpec topic = topicOf(record);
            String keyField = topic.keyField();
            String key =
                keyField == null
                    ? null
                    : String.valueOf(record.get(record.getSchema().getField(keyField).pos()));
            send(producer, topic, key, EventCodec.encode(record));
          }
        });
  }

  /** Writes a value of any bytes. */
  public void write(TopicSpec topic, @Nullable String key, byte @Nullable [] value) {
    transaction(true, producer -> send(producer, topic, key, value));
  }

  private void send(
      KafkaProducer<String, byte[]> producer,
      TopicSpec topic,
      @Nullable String key,
      byte @Nullable [] value) {
    var unused =
        producer.send(new ProducerRecord<>(new TopicNames(prefix).full(topic), key, value));
  }

  private void transaction(boolean commit, Consumer<KafkaProducer<String, byte[]>> work) {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            prefix);
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      work.accept(producer);
      producer.flush();
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }

  /** Runs a pipeline of it, with its state in memory, until it is closed. */
  public Pipeline startPipeline(int partitions, Path stateDirectory) throws Exception {
    Pipeline pipeline =
        new Pipeline(
            config(
                Map.of(
                    TollgateConfig.STATE_BACKEND,
                    "memory",
                    TollgateConfig.STATE_DIR,
                    stateDirectory.toString(),
                    TollgateConfig.BALANCE_PUBLISH_INTERVAL,
                    "PT0S")),
            partitions);
    pipeline.start(() -> true);
    return pipeline;
  }

  /** Waits for a record of this topic, and returns it. */
  public SpecificRecord await(TopicSpec topic, Predicate<SpecificRecord> wanted) {
    AtomicReference<@Nullable SpecificRecord> found = new AtomicReference<>();
    long start = System.nanoTime();
    try (CommittedRecords records = CommittedRecords.all(config(Map.of()), topic)) {
      while (found.get() == null) {
        records.awaitMore(
            record -> {
              SpecificRecord value = TopicRecord.of(topic, record).value();
              if (value != null && wanted.test(value)) {
                found.compareAndSet(null, value);
              }
            });
        assertThat(System.nanoTime() - start)
            .as("waited too long for a record of " + topic.name())
            .isLessThan(PATIENCE.toNanos());
      }
    }
    return Objects.requireNonNull(found.get());
  }

  private static TopicSpec topicOf(SpecificRecord record) {
    return TopicCatalogue.all().stream()
        .filter(topic -> topic.recordSet().contains(record.getSchema()))
        .findFirst()
        .orElseThrow();
  }
}
