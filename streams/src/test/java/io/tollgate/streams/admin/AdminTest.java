package io.tollgate.streams.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicNames;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.admin.ChangelogChecks.Changelog;
import io.tollgate.streams.admin.Finding.Severity;
import io.tollgate.streams.admin.TopicCreation.Outcome;
import io.tollgate.streams.admin.TopicListing.Difference;
import io.tollgate.streams.config.TollgateConfig;
import io.tollgate.streams.state.PartitionCountChangedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** One broker for all; each test has topics with a prefix, and groups, of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class AdminTest {

  private static final int PARTITIONS = 3;

  private final EmbeddedKafka kafka = EmbeddedKafka.builder().build();

  private TollgateConfig config = new TollgateConfig(Map.of());

  @BeforeAll
  void start() {
    kafka.start();
  }

  @AfterAll
  void stop() {
    kafka.close();
  }

  @BeforeEach
  void ownTopics(TestInfo test) {
    String name = test.getTestMethod().orElseThrow().getName();
    config =
        new TollgateConfig(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "topic.prefix",
                name + ".",
                "application.id",
                name));
  }

  @Test
  void shouldCreateTheCatalogue() {
    List<TopicCreation> creations = create(PARTITIONS);

    assertThat(creations)
        .extracting(TopicCreation::name)
        .containsExactlyElementsOf(TopicCatalogue.all().stream().map(names()::full).toList());
    assertThat(creations).extracting(TopicCreation::outcome).containsOnly(Outcome.CREATED);
    for (TopicListing listing : list()) {
      assertThat(listing.partitions()).isEqualTo(listing.topic().partitioning().count(PARTITIONS));
      assertThat(listing.replicas()).isEqualTo(1);
      assertThat(listing.differences()).isEmpty();
    }
    assertThat(new Preflight(config).check()).isEmpty();
    assertThat(new Preflight(config).partitions()).isEqualTo(PARTITIONS);
  }

  @Test
  void shouldCreateOnlyWhatIsMissing() throws Exception {
    createAlone(TopicCatalogue.USAGE_EVENTS, PARTITIONS);
    assertThat(list()).filteredOn(TopicListing::exists).hasSize(1);

    List<TopicCreation> first = create(PARTITIONS);
    List<TopicCreation> second = create(PARTITIONS);

    assertThat(first)
        .filteredOn(creation -> creation.outcome() == Outcome.EXISTS)
        .extracting(TopicCreation::name)
        .containsExactly(names().full(TopicCatalogue.USAGE_EVENTS));
    assertThat(second).extracting(TopicCreation::outcome).containsOnly(Outcome.EXISTS);
  }

  @Test
  void shouldCreateNothingBesideAnotherPartitionCount() throws Exception {
    createAlone(TopicCatalogue.CLOCK, 2);

    assertThatThrownBy(() -> create(PARTITIONS))
        .isInstanceOf(AdminException.class)
        .hasMessageContaining("asked for 3, but")
        .hasMessageContaining("clock has 2");
    assertThat(list()).filteredOn(TopicListing::exists).hasSize(1);
  }

  @Test
  void shouldSayWhyATopicIsNotCreated() {
    try (Admin admin = AdminClients.open(config)) {
      assertThatThrownBy(() -> new TopicAdmin(admin, names()).create(PARTITIONS, 3))
          .isInstanceOf(AdminException.class)
          .hasMessageStartingWith("Creating " + names().full(TopicCatalogue.USAGE_EVENTS))
          .hasMessageContaining("eplication factor")
          .message()
          .doesNotContain("\n");
    }
  }

  @Test
  void shouldFindMissingTopics() {
    assertThat(new Preflight(config).check())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.ERROR);
              assertThat(finding.message())
                  .startsWith("Topics are missing: ")
                  .contains(names().full(TopicCatalogue.CLAIM_ANSWERS))
                  .contains("tollgate topics create");
            });
    assertThatThrownBy(() -> new Preflight(config).partitions())
        .isInstanceOf(AdminException.class)
        .hasMessageContaining("no topics of accounts");
  }

  @Test
  void shouldFindPartitionCountsThatDiffer() throws Exception {
    createAlone(TopicCatalogue.CLOCK, 2);
    createAlone(TopicCatalogue.PRICE_BOOK, 2);
    for (TopicSpec topic : TopicCatalogue.all()) {
      if (!topic.equals(TopicCatalogue.CLOCK) && !topic.equals(TopicCatalogue.PRICE_BOOK)) {
        createAlone(topic, topic.partitioning().count(PARTITIONS));
      }
    }

    assertThat(errors())
        .hasSize(2)
        .anySatisfy(
            message ->
                assertThat(message)
                    .contains("2 in " + names().full(TopicCatalogue.CLOCK))
                    .contains("3 in " + names().full(TopicCatalogue.USAGE_EVENTS))
                    .contains(" and 13 more"))
        .anySatisfy(
            message ->
                assertThat(message)
                    .contains(names().full(TopicCatalogue.PRICE_BOOK))
                    .contains("must have 1 partition")
                    .contains("has 2"));
    assertThatThrownBy(() -> new Preflight(config).partitions())
        .isInstanceOf(AdminException.class)
        .hasMessageContaining("same partition count");
  }

  @Test
  void shouldFindSettingsThatDiffer() throws Exception {
    create(PARTITIONS);
    alter(TopicCatalogue.USAGE_EVENTS, "cleanup.policy", "compact");
    alter(TopicCatalogue.ACCOUNT_EVENTS, "message.timestamp.type", "CreateTime");
    alter(TopicCatalogue.BALANCE_ALERTS, "retention.ms", "1000");

    assertThat(listing(TopicCatalogue.USAGE_EVENTS).differences())
        .containsExactly(new Difference("cleanup.policy", "compact", "delete"));
    assertThat(errors())
        .hasSize(2)
        .anySatisfy(
            message ->
                assertThat(message)
                    .startsWith(names().full(TopicCatalogue.USAGE_EVENTS))
                    .contains("cleanup.policy is compact, should be delete"))
        .anySatisfy(
            message ->
                assertThat(message)
                    .startsWith(names().full(TopicCatalogue.ACCOUNT_EVENTS))
                    .contains("message.timestamp.type is CreateTime, should be LogAppendTime"));
    assertThat(messages(Severity.WARNING))
        .singleElement()
        .asString()
        .startsWith(names().full(TopicCatalogue.BALANCE_ALERTS))
        .contains("retention.ms is 1000");
  }

  @Test
  void shouldAcceptOffsetsWithinTheLog() throws Exception {
    create(PARTITIONS);
    send(TopicCatalogue.USAGE_EVENTS, 5);
    removeBefore(TopicCatalogue.USAGE_EVENTS, 2);

    commit(config.applicationId(), TopicCatalogue.USAGE_EVENTS, 2);
    assertThat(new Preflight(config).check()).isEmpty();
    commit(config.applicationId(), TopicCatalogue.USAGE_EVENTS, 5);
    assertThat(new Preflight(config).check()).isEmpty();
  }

  @Test
  void shouldFindOffsetsBeyondTheLog() throws Exception {
    create(PARTITIONS);
    send(TopicCatalogue.USAGE_EVENTS, 5);
    commit(config.applicationId(), TopicCatalogue.USAGE_EVENTS, 6);
    commit(config.registryApplicationId(), TopicCatalogue.PRICE_BOOK, 1);

    assertThat(new Preflight(config).check())
        .extracting(Finding::kind)
        .containsOnly(Finding.Kind.OFFSETS_WENT_BACK);
    assertThat(errors())
        .hasSize(2)
        .anySatisfy(
            message ->
                assertThat(message)
                    .contains("up to offset 6, but the log ends at 5")
                    .contains(names().full(TopicCatalogue.USAGE_EVENTS) + "-0")
                    .contains("another topic.prefix and application.id"))
        .anySatisfy(
            message ->
                assertThat(message)
                    .contains("Group " + config.registryApplicationId())
                    .contains("up to offset 1, but the log ends at 0"));
  }

  @Test
  void shouldFindRecordsThatWereRemovedUnprocessed() throws Exception {
    create(PARTITIONS);
    for (TopicSpec topic : List.of(TopicCatalogue.PAYMENT_EVENTS, TopicCatalogue.CLOCK)) {
      send(topic, 5);
      removeBefore(topic, 3);
      commit(config.applicationId(), topic, 1);
    }

    assertThat(errors()).isEmpty(); // what was between may be markers of transactions
    assertThat(messages(Severity.WARNING))
        .singleElement() // ticks are no loss
        .asString()
        .contains("stopped at offset 1 of " + names().full(TopicCatalogue.PAYMENT_EVENTS) + "-0")
        .contains("log begins at 3: if there were records between")
        .endsWith(
            "kafka-consumer-groups.sh --bootstrap-server %s --group %s --topic %s:0 --reset-offsets"
                    .formatted(
                        kafka.bootstrapServers(),
                        config.applicationId(),
                        names().full(TopicCatalogue.PAYMENT_EVENTS))
                + " --to-earliest --execute");
  }

  @Test
  void shouldFindStateThatWasMadeForAnotherPartitionCount() throws Exception {
    create(PARTITIONS);
    createTopic(config.applicationId() + "-accounts-changelog", PARTITIONS);
    assertThat(new Preflight(config).check()).isEmpty();

    createTopic(config.applicationId() + "-journal-changelog", 2);

    assertThat(new Preflight(config).check())
        .containsExactly(
            Finding.error(
                Finding.Kind.PARTITION_COUNT_CHANGED,
                String.valueOf(new PartitionCountChangedException(2, PARTITIONS).getMessage())));
  }

  @Test
  void shouldNotStartWhereALargeRecordWouldStopAPartition() throws Exception {
    create(PARTITIONS);
    alter(TopicCatalogue.USAGE_EVENTS, "max.message.bytes", "1000000");
    alter(TopicCatalogue.LEDGER_ENTRIES, "max.message.bytes", "9000000");
    assertThat(errors()).isEmpty();
    assertThat(messages(Severity.WARNING)).hasSize(2);

    alter(TopicCatalogue.LEDGER_ENTRIES, "max.message.bytes", "1000000");

    assertThat(errors())
        .singleElement()
        .asString()
        .startsWith(names().full(TopicCatalogue.LEDGER_ENTRIES))
        .contains("max.message.bytes is 1000000, should be 8388608, or a large record stops");
  }

  @Test
  void shouldWarnOfNewChangelogsWithFewerReplicasThanTheLedger() {
    assertThat(ChangelogChecks.replicasOfNew(3, 3)).isEmpty();
    assertThat(ChangelogChecks.replicasOfNew(1, 3))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.WARNING);
              assertThat(finding.message())
                  .contains("fewer replicas (1) than ledger-entries (3)")
                  .contains("kafka.replication.factor=3");
            });
  }

  @Test
  void shouldWarnOfChangelogsWithFewerReplicasThanTheLedger() {
    List<Changelog> changelogs =
        List.of(new Changelog("a-changelog", 4, 3), new Changelog("b-changelog", 4, 1));

    assertThat(ChangelogChecks.replicas(changelogs, 1)).isEmpty();
    assertThat(ChangelogChecks.replicas(changelogs, 3))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.WARNING);
              assertThat(finding.message())
                  .contains("ledger-entries, which has 3: b-changelog has 1.");
            });
  }

  @Test
  void shouldSayThatKafkaRefusesASetting() {
    TollgateConfig wrong = new TollgateConfig(Map.of("kafka.security.protocol", "NONE"));

    assertThat(new Preflight(wrong).check())
        .singleElement()
        .satisfies(
            finding -> assertThat(finding.message()).startsWith("Kafka refuses a setting: "));
  }

  @Test
  void shouldWarnOfTransactionsThatAreLessSafe() throws Exception {
    create(PARTITIONS);
    setTransactionVersion((short) 1, FeatureUpdate.UpgradeType.SAFE_DOWNGRADE);
    try {
      assertThat(new Preflight(config).check())
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                assertThat(finding.message())
                    .contains("transaction.version 1")
                    .contains("kafka-features.sh upgrade");
              });
      setTransactionVersion((short) 0, FeatureUpdate.UpgradeType.SAFE_DOWNGRADE);
      assertThat(messages(Severity.WARNING))
          .singleElement()
          .asString()
          .contains("do not say which transaction.version");
    } finally {
      setTransactionVersion((short) 2, FeatureUpdate.UpgradeType.UPGRADE);
    }
  }

  @Test
  void shouldSayInTimeThatNoBrokerAnswers() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String server = "127.0.0.1:" + port;
    TollgateConfig nowhere =
        new TollgateConfig(
            Map.of(
                "bootstrap.servers",
                server,
                "kafka.admin.default.api.timeout.ms",
                "1000",
                "kafka.admin.request.timeout.ms",
                "1000"));

    assertThat(new Preflight(nowhere).check())
        .containsExactly(
            Finding.error(
                "Listing the topics: no broker answers; is Kafka running, and is"
                    + " bootstrap.servers right? (bootstrap.servers="
                    + server
                    + ")"));
  }

  @Test
  void shouldSayThatAHostIsUnknown() {
    TollgateConfig nowhere = new TollgateConfig(Map.of("bootstrap.servers", "no.host.invalid:1"));

    assertThat(new Preflight(nowhere).check())
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.message())
                    .startsWith("No connection to no.host.invalid:1: ")
                    .doesNotContain("\n"));
  }

  private TopicNames names() {
    return config.topicNames();
  }

  private List<TopicCreation> create(int partitions) {
    try (Admin admin = AdminClients.open(config)) {
      return new TopicAdmin(admin, names()).create(partitions, 1);
    }
  }

  private List<TopicListing> list() {
    try (Admin admin = AdminClients.open(config)) {
      return new TopicAdmin(admin, names()).list();
    }
  }

  private TopicListing listing(TopicSpec topic) {
    return list().stream()
        .filter(listing -> listing.topic().equals(topic))
        .findFirst()
        .orElseThrow();
  }

  private List<String> errors() {
    return messages(Severity.ERROR);
  }

  private List<String> messages(Severity severity) {
    return new Preflight(config)
        .check().stream()
            .filter(finding -> finding.severity() == severity)
            .map(Finding::message)
            .toList();
  }

  /** As someone creates it by hand: with the catalogue's settings but partitions of their own. */
  private void createAlone(TopicSpec topic, int partitions) throws Exception {
    try (Admin admin = AdminClients.open(config)) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(names().full(topic), partitions, (short) 1)
                      .configs(topic.configs())))
          .all()
          .get();
      while (!admin.listTopics().names().get().contains(names().full(topic))) {
        Thread.onSpinWait(); // the broker learns of it a moment after the controller
      }
    }
  }

  private void createTopic(String name, int partitions) throws Exception {
    try (Admin admin = AdminClients.open(config)) {
      admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
      while (!admin.listTopics().names().get().contains(name)) {
        Thread.onSpinWait(); // the broker learns of it a moment after the controller
      }
    }
  }

  private void alter(TopicSpec topic, String setting, String value) throws Exception {
    try (Admin admin = AdminClients.open(config)) {
      ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, names().full(topic));
      admin
          .incrementalAlterConfigs(
              Map.of(
                  resource,
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry(setting, value), AlterConfigOp.OpType.SET))))
          .all()
          .get();
      while (!value.equals(valueOf(admin, resource, setting))) {
        Thread.onSpinWait();
      }
    }
  }

  private static String valueOf(Admin admin, ConfigResource resource, String setting)
      throws ExecutionException, InterruptedException {
    Config all =
        Objects.requireNonNull(admin.describeConfigs(List.of(resource)).all().get().get(resource));
    return all.get(setting).value();
  }

  private void send(TopicSpec topic, int records) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(config.producer())) {
      for (int i = 0; i < records; i++) {
        byte[] value = {(byte) i};
        producer.send(new ProducerRecord<>(names().full(topic), 0, null, value)).get();
      }
    }
  }

  private void removeBefore(TopicSpec topic, long offset) throws Exception {
    try (Admin admin = AdminClients.open(config)) {
      admin.deleteRecords(Map.of(first(topic), RecordsToDelete.beforeOffset(offset))).all().get();
    }
  }

  private void commit(String group, TopicSpec topic, long offset) throws Exception {
    try (Admin admin = AdminClients.open(config)) {
      admin
          .alterConsumerGroupOffsets(group, Map.of(first(topic), new OffsetAndMetadata(offset)))
          .all()
          .get();
    }
  }

  private TopicPartition first(TopicSpec topic) {
    return new TopicPartition(names().full(topic), 0);
  }

  private void setTransactionVersion(short version, FeatureUpdate.UpgradeType type)
      throws ExecutionException, InterruptedException {
    try (Admin admin = AdminClients.open(config)) {
      Map<String, FeatureUpdate> updates = new HashMap<>();
      updates.put("transaction.version", new FeatureUpdate(version, type));
      admin.updateFeatures(updates, new UpdateFeaturesOptions()).all().get();
      while (finalized(admin) != version) {
        Thread.onSpinWait();
      }
    }
  }

  private static short finalized(Admin admin) throws ExecutionException, InterruptedException {
    var features = admin.describeFeatures().featureMetadata().get().finalizedFeatures();
    var range = features.get("transaction.version");
    return range == null ? 0 : range.maxVersionLevel();
  }
}
