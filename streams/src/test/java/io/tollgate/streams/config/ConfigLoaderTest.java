package io.tollgate.streams.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {

  @TempDir Path directory;

  @ParameterizedTest(name = "file {0}, environment {1}, arguments {2}: {3}")
  @CsvSource({
    "     ,    ,    , tollgate",
    " file ,    ,    , file",
    "      , env,    , env",
    "      ,    , arg, arg",
    " file , env,    , env",
    " file ,    , arg, arg",
    "      , env, arg, arg",
    " file , env, arg, arg",
  })
  void shouldLetLaterSourcesReplaceEarlierOnes(
      @Nullable String inFile,
      @Nullable String inEnvironment,
      @Nullable String inArguments,
      String expected)
      throws IOException {
    TollgateConfig config =
        ConfigLoader.load(
            inFile == null ? null : file("application.id=" + inFile),
            inEnvironment == null ? Map.of() : Map.of("TOLLGATE_APPLICATION_ID", inEnvironment),
            inArguments == null ? Map.of() : Map.of("application.id", inArguments));

    assertThat(config.applicationId()).isEqualTo(expected);
  }

  @ParameterizedTest(name = "file {0}, environment {1}, arguments {2}: {3}")
  @CsvSource({
    " 1 ,   ,   , 1",
    " 1 , 2 ,   , 2",
    " 1 ,   , 3 , 3",
    "   , 2 , 3 , 3",
  })
  void shouldLetLaterSourcesReplaceEarlierOnesForKafka(
      @Nullable String inFile,
      @Nullable String inEnvironment,
      @Nullable String inArguments,
      String expected)
      throws IOException {
    TollgateConfig config =
        ConfigLoader.load(
            inFile == null ? null : file("kafka.fetch.max.bytes=" + inFile),
            inEnvironment == null
                ? Map.of()
                : Map.of("TOLLGATE_KAFKA_FETCH_MAX_BYTES", inEnvironment),
            inArguments == null ? Map.of() : Map.of("kafka.fetch.max.bytes", inArguments));

    assertThat(config.consumer()).containsEntry("fetch.max.bytes", expected);
  }

  @Test
  void shouldTakeEachSettingFromWhereItIs() throws IOException {
    TollgateConfig config =
        ConfigLoader.load(
            file("topic.prefix = \n# a comment\nnum.stream.threads: 4\nalert.levels=20, 2.5\n"),
            Map.of("TOLLGATE_EXPIRY_LATE_USAGE_GRACE", " PT2H ", "PATH", "/bin"),
            Map.of("num.standby.replicas", "1"));

    assertThat(config.topicNames().full("clock")).isEqualTo("clock");
    assertThat(config.accountStreams())
        .containsEntry("num.stream.threads", 4)
        .containsEntry("num.standby.replicas", 1);
    assertThat(config.rules().alertLevels()).containsExactly(20_000_000_000L, 2_500_000_000L);
    assertThat(config.rules().lateUsageGrace()).isEqualTo(7_200_000);
  }

  @Test
  void shouldLoadTheSampleForACluster() {
    TollgateConfig config =
        ConfigLoader.load(Path.of("../docs/sample/cluster.properties"), Map.of(), Map.of());

    assertThat(config.accountStreams())
        .containsEntry("num.standby.replicas", 1)
        .containsEntry("replication.factor", "3")
        .containsEntry("topic.min.insync.replicas", "2");
    assertThat(config.stateDirectory()).isAbsolute();
  }

  @Test
  void shouldFindKafkaSettingsByTheirEnvironmentNames() {
    TollgateConfig config =
        ConfigLoader.load(
            null,
            Map.of(
                "TOLLGATE_KAFKA_SECURITY_PROTOCOL", "SSL",
                "TOLLGATE_KAFKA_RACK_AWARE_ASSIGNMENT_NON_OVERLAP_COST", "7",
                "TOLLGATE_KAFKA_MAIN_CONSUMER_MAX_POLL_RECORDS", "50",
                "TOLLGATE_KAFKA_VENDOR_LOGIN_REGION", "eu"),
            Map.of());

    assertThat(config.accountStreams())
        .containsEntry("security.protocol", "SSL")
        .containsEntry("rack.aware.assignment.non_overlap_cost", "7")
        .containsEntry("main.consumer.max.poll.records", "50")
        .containsEntry("vendor.login.region", "eu");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TOLLGATE_SERVICE_HOST",
        "TOLLGATE_SERVICE_PORT_HTTP",
        "TOLLGATE_PORT",
        "TOLLGATE_PORT_8080_TCP_ADDR",
      })
  void shouldIgnoreWhatKubernetesSetsForAService(String variable) {
    assertThat(ConfigLoader.load(null, Map.of(variable, "10.0.0.1"), Map.of()).applicationId())
        .isEqualTo("tollgate");
  }

  @Test
  void shouldSuggestTheNearestKeyAndSayWhereTheUnknownOneIs() throws IOException {
    Path file = file("topic.prefx=x.");

    assertThatThrownBy(() -> ConfigLoader.load(file, Map.of(), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "There is no setting topic.prefx (from file %s); did you mean topic.prefix?", file);
    assertThatThrownBy(() -> ConfigLoader.load(null, Map.of("TOLLGATE_STATE_DIRS", "x"), Map.of()))
        .hasMessage(
            "There is no setting state.dirs (from environment variable TOLLGATE_STATE_DIRS); did"
                + " you mean state.dir?");
    assertThatThrownBy(() -> ConfigLoader.load(null, Map.of(), Map.of("quarantin", "x")))
        .hasMessage("There is no setting quarantin (from command line); did you mean quarantine?");
  }

  @Test
  void shouldSayWhereABadValueIs() throws IOException {
    Path file = file("num.stream.threads=many");

    assertThatThrownBy(() -> ConfigLoader.load(file, Map.of(), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid value many for configuration num.stream.threads: Not a number of type INT"
                + " (from file %s)",
            file);
    assertThatThrownBy(
            () -> ConfigLoader.load(null, Map.of("TOLLGATE_USAGE_HORIZON", "soon"), Map.of()))
        .hasMessageStartingWith(
            "Invalid value soon for configuration usage.horizon: not a duration")
        .hasMessageEndingWith("(from environment variable TOLLGATE_USAGE_HORIZON)");
    assertThatThrownBy(() -> ConfigLoader.load(null, Map.of(), Map.of("overdraft.limit", "-1")))
        .hasMessage(
            "Invalid value -1 for configuration overdraft.limit: allowed: 0 or more (from command"
                + " line)");
  }

  @Test
  void shouldAcceptABadValueThatIsReplaced() throws IOException {
    TollgateConfig config =
        ConfigLoader.load(
            file("num.stream.threads=many"), Map.of(), Map.of("num.stream.threads", "3"));

    assertThat(config.accountStreams()).containsEntry("num.stream.threads", 3);
  }

  @Test
  void shouldSayWhereConflictingValuesAre() throws IOException {
    Path file = file("usage.rate.per.partition=100");

    assertThatThrownBy(
            () ->
                ConfigLoader.load(file, Map.of(), Map.of("usage.memory.per.partition", "1048576")))
        .isInstanceOf(ConflictingSettingsException.class)
        .hasMessageEndingWith(
            "(usage.rate.per.partition is from file %s, usage.horizon is from the defaults,"
                + " usage.memory.per.partition is from command line)",
            file);
  }

  @Test
  void shouldSayThatThereIsNoSuchFile() {
    Path file = directory.resolve("none.properties");

    assertThatThrownBy(() -> ConfigLoader.load(file, Map.of(), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage("There is no settings file %s", file);
  }

  @Test
  void shouldSayThatAFileCannotBeRead() throws IOException {
    Path broken = file("topic.prefix=\\u12");

    assertThatThrownBy(() -> ConfigLoader.load(broken, Map.of(), Map.of()))
        .hasMessageStartingWith("The settings file %s cannot be read: ", broken);
    assertThatThrownBy(() -> ConfigLoader.load(directory, Map.of(), Map.of()))
        .hasMessageStartingWith("The settings file %s cannot be read: ", directory);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssl.key.password",
        "kafka.transactional.id",
        "kafka.isolation.level",
        "kafka.sasl.jaas.confg",
        "kafka.bootstrap.servers",
        "kafka",
        "kafka.",
      })
  void shouldNeverPrintTheValueOfWhatMayBeASecret(String key) {
    ConfigException refusal =
        catchThrowableOfType(
            ConfigException.class, () -> ConfigLoader.load(null, Map.of(), Map.of(key, "hunter2")));

    assertThat(refusal).hasMessageContaining(key).message().doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application.id", "num.stream.threads", "kafka.acks", "quarantine"})
  void shouldStayOnOneLine(String key) {
    ConfigException refusal =
        catchThrowableOfType(
            ConfigException.class,
            () -> ConfigLoader.load(null, Map.of(), Map.of(key, "bad value!")));

    assertThat(refusal.getMessage()).doesNotContain("\n").endsWith("(from command line)");
  }

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("tollgate.properties"), content, UTF_8);
  }
}
