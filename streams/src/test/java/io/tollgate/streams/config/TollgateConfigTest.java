package io.tollgate.streams.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tollgate.domain.RuleSettings;
import io.tollgate.streams.state.StateBackend;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TollgateConfigTest {

  @Test
  void shouldDefaultToTheRulesOfTheContract() {
    assertThat(config().rules()).isEqualTo(RuleSettings.defaults(DeclineFile.shipped()));
  }

  @Test
  void shouldDefaultToOneInstallationOnThisMachine() {
    TollgateConfig config = config();

    assertThat(config.bootstrapServers()).isEqualTo("localhost:9092");
    assertThat(config.topicNames().full("clock")).isEqualTo("tollgate.clock");
    assertThat(config.applicationId()).isEqualTo("tollgate");
    assertThat(config.registryApplicationId()).isEqualTo("tollgate-registry");
    assertThat(config.stateDirectory()).isEqualTo(Path.of("tollgate-state"));
    assertThat(config.stateBackend()).isEqualTo(StateBackend.ROCKSDB);
    assertThat(config.quarantine()).isEmpty();
  }

  @Test
  void shouldReadEveryRule() {
    TollgateConfig config =
        config(
            "alert.levels", "0.000000001,12.5",
            "overdraft.limit", "0",
            "minimum.purchase", "7.25",
            "expiry.late-usage-grace", "PT30M",
            "balance.publish.interval", "2500",
            "usage.horizon", "P7D",
            "usage.future-tolerance", "PT5M",
            "recharge.resend.interval", "PT1M");

    assertThat(config.rules())
        .isEqualTo(
            new RuleSettings(
                List.of(12_500_000_000L, 1L),
                0,
                7_250_000_000L,
                1_800_000,
                2_500,
                604_800_000,
                300_000,
                60_000,
                DeclineFile.shipped()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bootstrap.servers              | localhost",
        "bootstrap.servers              | ''",
        "topic.prefix                   | a b",
        "application.id                 | ''",
        "application.id                 | a/b",
        "state.dir                      | ''",
        "state.backend                  | disk",
        "num.standby.replicas           | -1",
        "num.stream.threads             | 0",
        "num.stream.threads             | 1.5",
        "commit.interval.ms             | PT0S",
        "commit.interval.ms             | 0.1",
        "session.timeout.ms             | PT0.5S",
        "transaction.timeout.ms         | PT1H",
        "probing.rebalance.interval.ms  | PT59S",
        "statestore.cache.max.bytes     | 0",
        "alert.levels                   | 5,0",
        "alert.levels                   | 5,5.0",
        "alert.levels                   | 5,five",
        "overdraft.limit                | -0.01",
        "overdraft.limit                | 0.0000000001",
        "overdraft.limit                | 10000000000",
        "minimum.purchase               | 0",
        "expiry.late-usage-grace        | -PT1S",
        "balance.publish.interval       | PT2H",
        "recharge.resend.interval       | 0",
        "usage.horizon                  | P1M",
        "usage.horizon                  | P367D",
        "usage.horizon                  | PT1H0.0001S",
        "usage.future-tolerance         | P2D",
        "usage.rate.per.partition       | 0",
        "usage.memory.per.partition     | 1000",
        "quarantine                     | usage-events:1",
        "quarantine                     | usage-events:1:x",
        "quarantine                     | usage-events:-1:5",
        "quarantine                     | usage-events:1:-5",
        "quarantine                     | other:1:5",
        "declines.file                  | no/such/file.csv",
      })
  void shouldRefuseWhatIsNotAllowed(String key, String value) {
    assertThatThrownBy(() -> config(key, value))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("Invalid value ")
        .hasMessageContaining(" for configuration " + key + ": ");
  }

  @Test
  void shouldRefuseMoreAlertLevelsThanAnAccountMayHave() {
    StringBuilder levels = new StringBuilder("1");
    for (int i = 2; i <= 65; i++) {
      levels.append(',').append(i);
    }

    assertThatThrownBy(() -> config("alert.levels", levels.toString()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("at most 64");
  }

  @Test
  void shouldReadTheQuarantine() {
    assertThat(config("quarantine", "usage-events:3:1207, payment-events:0:0").quarantine())
        .containsExactlyInAnyOrder(
            new SourceOffset("usage-events", 3, 1207), new SourceOffset("payment-events", 0, 0));
  }

  @Test
  void shouldWriteCoordinatesAsItReadsThem() {
    assertThat(new SourceOffset("usage-events", 3, 1207)).hasToString("usage-events:3:1207");
  }

  @Test
  void shouldRefuseMemoryThatIsTooSmallForTheUsage() {
    assertThatThrownBy(() -> config("usage.rate.per.partition", "2"))
        .isInstanceOf(ConflictingSettingsException.class)
        .hasMessage(
            "usage.rate.per.partition=2 over usage.horizon=P35D is 6,048,000 events to remember,"
                + " which takes 774,144,000 bytes, but usage.memory.per.partition allows"
                + " 536,870,912: allow more, or spread the accounts over more partitions");
    assertThat(config("usage.rate.per.partition", "2", "usage.memory.per.partition", "774144000"))
        .isNotNull();
    assertThat(config("usage.rate.per.partition", "2", "usage.horizon", "P17D")).isNotNull();
  }

  @Test
  void shouldRefuseUsageThatNoPartitionCanRemember() {
    ConflictingSettingsException refusal =
        catchThrowableOfType(
            ConflictingSettingsException.class,
            () ->
                config(
                    "usage.rate.per.partition", "1000000",
                    "usage.horizon", "P366D",
                    "usage.memory.per.partition", "1099511627776"));

    assertThat(refusal).hasMessageContaining("one partition can remember 134,217,728");
    assertThat(refusal.keys())
        .containsExactly("usage.rate.per.partition", "usage.horizon", "usage.memory.per.partition");
  }

  @Test
  void shouldRefuseTransactionsThatEndBeforeTheirCommit() {
    assertThatThrownBy(() -> config("transaction.timeout.ms", "PT2S", "commit.interval.ms", "2000"))
        .isInstanceOf(ConflictingSettingsException.class)
        .hasMessageContaining("transaction.timeout.ms=PT2S")
        .hasMessageContaining("commit.interval.ms=2000");
  }

  @Test
  void shouldProcessExactlyOnce() {
    StreamsConfig streams = new StreamsConfig(config().accountStreams());
    Map<String, Object> consumer = streams.getMainConsumerConfigs("group", "client", 0);
    Map<String, Object> producer = streams.getProducerConfigs("client");

    assertThat(streams.getString("processing.guarantee")).isEqualTo("exactly_once_v2");
    assertThat(streams.getLong("max.task.idle.ms")).isZero();
    assertThat(streams.getLong("commit.interval.ms")).isEqualTo(100);
    assertThat(streams.getBoolean("ensure.explicit.internal.resource.naming")).isTrue();
    assertThat(streams.getLong("probing.rebalance.interval.ms")).isEqualTo(60_000);
    assertThat(streams.getLong("statestore.cache.max.bytes")).isEqualTo(33_554_432);
    assertThat(streams.getString("metrics.recording.level")).isEqualTo("INFO");
    assertThat(consumer)
        .containsEntry("isolation.level", "read_committed")
        .containsEntry("auto.offset.reset", "earliest")
        .containsEntry("session.timeout.ms", 10_000)
        .containsEntry("heartbeat.interval.ms", "3000");
    assertThat(producer)
        .containsEntry("enable.idempotence", true)
        .containsEntry("transaction.timeout.ms", 10_000)
        .containsEntry("linger.ms", "10")
        .containsEntry("compression.type", "lz4");
  }

  @Test
  void shouldKeepTheRegistryApart() {
    TollgateConfig config =
        config("application.id", "eu", "num.stream.threads", "8", "num.standby.replicas", "1");
    Properties registry = config.registryStreams();

    assertThat(config.accountStreams())
        .containsEntry("application.id", "eu")
        .containsEntry("num.stream.threads", 8);
    assertThat(registry)
        .containsEntry("application.id", "eu-registry")
        .containsEntry("num.stream.threads", 1)
        .containsEntry("num.standby.replicas", 1)
        .containsEntry("processing.guarantee", "exactly_once_v2");
  }

  @Test
  void shouldBeatThreeTimesInAShortSession() {
    assertThat(config("session.timeout.ms", "PT6S").accountStreams())
        .containsEntry("consumer.session.timeout.ms", 6000)
        .containsEntry("consumer.heartbeat.interval.ms", "2000");
  }

  @Test
  void shouldPassSettingsToTheClientsThatKnowThem() {
    TollgateConfig config =
        config(
            "bootstrap.servers", "a:1,b:2",
            "kafka.security.protocol", "SSL",
            "kafka.max.poll.records", "7",
            "kafka.consumer.client.rack", "r1",
            "kafka.main.consumer.fetch.min.bytes", "9",
            "kafka.producer.linger.ms", "20",
            "kafka.admin.retries", "3",
            "kafka.vendor.region", "eu");

    assertThat(config.consumer())
        .containsEntry("bootstrap.servers", "a:1,b:2")
        .containsEntry("security.protocol", "SSL")
        .containsEntry("max.poll.records", "7")
        .containsEntry("client.rack", "r1")
        .containsEntry("vendor.region", "eu")
        .doesNotContainKeys("linger.ms", "fetch.min.bytes", "retries");
    assertThat(config.producer())
        .containsEntry("bootstrap.servers", "a:1,b:2")
        .containsEntry("security.protocol", "SSL")
        .containsEntry("linger.ms", "20")
        .containsEntry("compression.type", "lz4")
        .doesNotContainKeys("max.poll.records", "client.rack");
    assertThat(config.adminClient())
        .containsEntry("bootstrap.servers", "a:1,b:2")
        .containsEntry("security.protocol", "SSL")
        .containsEntry("retries", "3")
        .doesNotContainKeys("max.poll.records", "linger.ms");
    assertThat(config.accountStreams())
        .containsEntry("security.protocol", "SSL")
        .containsEntry("main.consumer.fetch.min.bytes", "9")
        .containsEntry("producer.linger.ms", "20");
  }

  @Test
  void shouldLetASettingForAllClientsReplaceOurDefaults() {
    TollgateConfig config = config("kafka.linger.ms", "50", "kafka.compression.type", "zstd");

    assertThat(new StreamsConfig(config.accountStreams()).getProducerConfigs("client"))
        .containsEntry("linger.ms", "50")
        .containsEntry("compression.type", "zstd");
    assertThat(config.producer())
        .containsEntry("linger.ms", "50")
        .containsEntry("compression.type", "zstd");
  }

  @Test
  void shouldMakeClientSettingsThatKafkaAccepts() {
    TollgateConfig config = config();

    assertThat(new ConsumerConfig(config.consumer()).getString("isolation.level"))
        .isEqualTo("read_committed");
    assertThat(new ProducerConfig(config.producer()).getString("acks")).isEqualTo("-1");
    assertThat(new AdminClientConfig(config.adminClient()).getList("bootstrap.servers"))
        .containsExactly("localhost:9092");
  }

  @ParameterizedTest
  @CsvSource({
    "processing.guarantee, at_least_once",
    "isolation.level, read_uncommitted",
    "consumer.isolation.level, read_uncommitted",
    "restore.consumer.isolation.level, read_uncommitted",
    "main.consumer.enable.auto.commit, true",
    "producer.enable.idempotence, false",
    "acks, 1",
    "auto.offset.reset, latest",
    "max.task.idle.ms, 1000",
    "ensure.explicit.internal.resource.naming, false",
    "group.protocol, streams",
    "consumer.allow.auto.create.topics, true",
  })
  void shouldRefuseToWeakenAGuarantee(String name, String value) {
    assertThatThrownBy(() -> config("kafka." + name, value))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("kafka." + name + " can only be ")
        .hasMessageEndingWith(": the books depend on it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "transactional.id",
        "group.id",
        "producer.partitioner.class",
        "key.serializer",
        "processing.exception.handler",
        "deserialization.exception.handler",
        "production.exception.handler",
        "default.timestamp.extractor",
        "topology.optimization",
      })
  void shouldRefuseWhatOnlyTheProgramCanKnow(String name) {
    assertThatThrownBy(() -> config("kafka." + name, "x"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("kafka." + name + " cannot be set: the books depend on it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cleanup.policy", "retention.ms", "retention.bytes"})
  void shouldRefuseWhatWouldRemoveBalancesFromChangelogs(String name) {
    assertThatThrownBy(() -> config("kafka.topic." + name, "delete"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "kafka.topic.%s cannot be set: it would remove balances from the changelogs", name);
    assertThat(config("kafka.topic.min.insync.replicas", "2").accountStreams())
        .containsEntry("topic.min.insync.replicas", "2");
  }

  @Test
  void shouldAcceptAGuaranteeThatIsSpelledOut() {
    assertThat(config("kafka.processing.guarantee", "exactly_once_v2", "kafka.acks", "all"))
        .isNotNull();
  }

  @Test
  void shouldPointToTheSettingThatGovernsOneOfKafka() {
    assertThatThrownBy(() -> config("kafka.consumer.session.timeout.ms", "5000"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("kafka.consumer.session.timeout.ms: set session.timeout.ms, which governs it");
  }

  @Test
  void shouldTakeWhatResemblesASettingOfKafkaForASlip() {
    assertThatThrownBy(() -> config("kafka.producer.compresion.type", "lz4"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "kafka.producer.compresion.type is no setting of Kafka; did you mean"
                + " kafka.producer.compression.type?");
  }

  @Test
  void shouldShowSettingsWithoutSecrets() {
    TollgateConfig config =
        config(
            "topic.prefix", "eu.",
            "kafka.ssl.keystore.password", "hunter2",
            "kafka.sasl.jaas.config", "... password=hunter2;",
            "kafka.ssl.keystore.key", "hunter2",
            "kafka.vendor.client.secret", "hunter2",
            "kafka.security.protocol", "SASL_SSL");

    assertThat(config.printable())
        .containsEntry("topic.prefix", "eu.")
        .containsEntry("alert.levels", "5,1")
        .containsEntry("kafka.security.protocol", "SASL_SSL")
        .containsEntry("kafka.ssl.keystore.password", "[hidden]");
    assertThat(config.printable().values()).noneMatch(value -> value.contains("hunter2"));
  }

  private static TollgateConfig config(String... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return new TollgateConfig(values);
  }
}
