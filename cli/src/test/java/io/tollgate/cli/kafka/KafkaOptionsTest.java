package io.tollgate.cli.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.cli.CommandException;
import io.tollgate.cli.ExitCode;
import io.tollgate.streams.config.TollgateConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class KafkaOptionsTest {

  @TempDir Path directory;

  @Test
  void shouldPreferArgumentsToTheEnvironmentAndThatToAFile() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("tollgate.properties"),
            "bootstrap.servers=file:1\ntopic.prefix=file.\napplication.id=file\n");

    TollgateConfig config =
        parse("--config", file.toString(), "--bootstrap-server", "argument:1")
            .load(
                Map.of(
                    "TOLLGATE_BOOTSTRAP_SERVERS", "environment:1",
                    "TOLLGATE_TOPIC_PREFIX", "environment."));

    assertThat(config.bootstrapServers()).isEqualTo("argument:1");
    assertThat(config.topicNames().prefix()).isEqualTo("environment.");
    assertThat(config.applicationId()).isEqualTo("file");
  }

  @Test
  void shouldTakeAnySetting() {
    TollgateConfig config =
        parse(
                "--set",
                "application.id=mine",
                "--set",
                "kafka.client.id=a=b",
                "--topic-prefix",
                "x.")
            .load(Map.of());

    assertThat(config.applicationId()).isEqualTo("mine");
    assertThat(config.topicNames().prefix()).isEqualTo("x.");
    assertThat(config.consumer()).containsEntry("client.id", "a=b");
  }

  @Test
  void shouldRefuseASettingThatDoesNotExist() {
    assertThatThrownBy(() -> parse("--set", "topic.prefx=x").load(Map.of()))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.SETTINGS))
        .hasMessageStartingWith("wrong settings: ")
        .hasMessageContaining("did you mean topic.prefix?");
  }

  private static KafkaOptions parse(String... args) {
    return CommandLine.populateCommand(new KafkaOptions(), args);
  }
}
