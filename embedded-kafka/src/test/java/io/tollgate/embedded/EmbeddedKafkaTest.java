package io.tollgate.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EmbeddedKafkaTest {

  private static EmbeddedKafka kafka;

  @BeforeAll
  static void startBroker() {
    kafka = EmbeddedKafka.builder().start();
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @Test
  void shouldShowReadersOnlyCommittedTransactions() throws Exception {
    createTopic(kafka, "transactions");
    try (KafkaProducer<String, String> producer = transactionalProducer(kafka)) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("transactions", "acme", "aborted")).get();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("transactions", "acme", "committed")).get();
      producer.commitTransaction();
    }

    assertThat(readCommitted(kafka, "transactions", 1)).containsExactly("committed");
  }

  @Test
  void shouldRunWithTransactionVersionTwo() throws Exception {
    try (Admin admin = admin(kafka)) {
      var finalized = admin.describeFeatures().featureMetadata().get().finalizedFeatures();

      assertThat(finalized)
          .hasEntrySatisfying(
              "transaction.version",
              range -> assertThat(range.maxVersionLevel()).isEqualTo((short) 2));
    }
  }

  @Test
  void shouldBeReachableOverLoopbackOnly() throws Exception {
    try (Admin admin = admin(kafka)) {
      Node node = admin.describeCluster().nodes().get().iterator().next();

      assertThat(node.host() + ":" + node.port()).isEqualTo(kafka.bootstrapServers());
      assertThat(kafka.bootstrapServers()).startsWith("127.0.0.1:");
      assertThat(brokerConfig(admin, node, "listeners"))
          .matches("CLIENT://127\\.0\\.0\\.1:\\d+,CONTROLLER://127\\.0\\.0\\.1:\\d+");
    }
  }

  @Test
  void shouldNotCreateTopicsByThemselves() {
    try (Admin admin = admin(kafka);
        KafkaProducer<String, String> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.block.ms", "500"),
                new StringSerializer(),
                new StringSerializer())) {
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>("misspelt", "x")).get())
          .isInstanceOf(ExecutionException.class);
      assertThatThrownBy(() -> admin.describeTopics(List.of("misspelt")).allTopicNames().get())
          .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }
  }

  @Test
  void shouldKeepDataOfAGivenDirectory(@TempDir Path directory) throws Exception {
    try (EmbeddedKafka first = EmbeddedKafka.builder().dataDirectory(directory).start()) {
      createTopic(first, "kept");
      try (KafkaProducer<String, String> producer = transactionalProducer(first)) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("kept", "acme", "before")).get();
        producer.commitTransaction();
      }
    }

    try (EmbeddedKafka second = EmbeddedKafka.builder().dataDirectory(directory).start()) {
      assertThat(readCommitted(second, "kept", 1)).containsExactly("before");
      assertThat(second.dataDirectory()).isEqualTo(directory);
    }
    assertThat(directory).isNotEmptyDirectory();
  }

  @Test
  void shouldSayThatThePortIsInUse() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, BrokerProperties.address(0).getAddress())) {
      EmbeddedKafka refused = EmbeddedKafka.builder().port(taken.getLocalPort()).build();

      assertThatThrownBy(refused::start)
          .isInstanceOf(EmbeddedKafkaException.class)
          .hasMessageContaining("Cannot listen on 127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("in use");
      assertThatIllegalStateException().isThrownBy(refused::start);
    }
  }

  @Test
  void shouldSayThatTheDirectoryBelongsToARunningBroker() {
    EmbeddedKafka second = EmbeddedKafka.builder().dataDirectory(kafka.dataDirectory()).build();

    assertThatThrownBy(second::start)
        .isInstanceOf(EmbeddedKafkaException.class)
        .hasMessageContaining(kafka.dataDirectory() + " is in use");
    assertThat(kafka.dataDirectory()).isNotEmptyDirectory();
  }

  @Test
  void shouldSayWhichSettingKafkaRefuses() {
    EmbeddedKafka refused = EmbeddedKafka.builder().property("num.io.threads", "none").build();

    assertThatThrownBy(refused::start)
        .isInstanceOf(EmbeddedKafkaException.class)
        .hasMessageContaining("num.io.threads");
    assertThat(refused.dataDirectory()).doesNotExist();
  }

  @Test
  void shouldRefuseSettingsOfItsOwn() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddedKafka.builder().property("listeners", "PLAINTEXT://0.0.0.0:9092"))
        .withMessageContaining("listeners");
    assertThatIllegalArgumentException().isThrownBy(() -> EmbeddedKafka.builder().port(65_536));
  }

  @Test
  void shouldDeleteATemporaryDirectoryOnCloseAndCloseTwice() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, BrokerProperties.address(0).getAddress())) {
      port = free.getLocalPort();
    }
    EmbeddedKafka temporary = EmbeddedKafka.builder().port(port).start();
    assertThat(temporary.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
    Path directory = temporary.dataDirectory();
    assertThat(Files.isDirectory(directory)).isTrue();

    temporary.close();
    temporary.close();

    temporary.awaitTermination();
    assertThat(directory).doesNotExist();
    assertThatIllegalStateException().isThrownBy(temporary::bootstrapServers);
  }

  private static Admin admin(EmbeddedKafka kafka) {
    return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  private static String brokerConfig(Admin admin, Node node, String name) throws Exception {
    ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, node.idString());
    return admin
        .describeConfigs(List.of(broker))
        .values()
        .values()
        .iterator()
        .next()
        .get()
        .get(name)
        .value();
  }

  private static void createTopic(EmbeddedKafka kafka, String name) throws Exception {
    try (Admin admin = admin(kafka)) {
      admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
    }
  }

  private static KafkaProducer<String, String> transactionalProducer(EmbeddedKafka kafka) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "test"),
        new StringSerializer(),
        new StringSerializer());
  }

  private static List<String> readCommitted(EmbeddedKafka kafka, String topic, int count) {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "group.id",
                "test-" + topic,
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      while (values.size() < count) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
          values.add(record.value());
        }
      }
    }
    return values;
  }
}
