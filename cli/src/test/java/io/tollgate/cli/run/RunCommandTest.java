package io.tollgate.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.cli.CommandRun;
import io.tollgate.embedded.EmbeddedKafka;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {

  private static final String HEALTH = "tollgate: health at ";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static EmbeddedKafka kafka = EmbeddedKafka.builder().build();

  @TempDir Path directory;

  @BeforeAll
  static void startBroker() {
    kafka.start();
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @Test
  void shouldNotStartWithoutTopics() {
    CommandRun run =
        CommandRun.of("run", "-b", kafka.bootstrapServers(), "--topic-prefix", "none.");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.out()).isEmpty();
    assertThat(run.errLines())
        .isNotEmpty()
        .allMatch(line -> line.startsWith("tollgate: "))
        .anyMatch(line -> line.contains("tollgate topics create"));
  }

  @Test
  void shouldNotStartWithStateForAnotherPartitionCount() throws Exception {
    createTopics("grown.");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      String changelog = "grown-accounts-changelog";
      admin.createTopics(List.of(new NewTopic(changelog, 4, (short) 1))).all().get();
      while (!admin.listTopics().names().get().contains(changelog)) {
        Thread.onSpinWait(); // the broker learns of it a moment after the controller
      }
    }

    CommandRun run = run("grown.", "--set", "application.id=grown");

    assertThat(run.exitCode()).isEqualTo(12);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err())
        .contains("made for 4 partitions, the topics have 2")
        .contains("another topic prefix and application id");
  }

  @Test
  void shouldNotStartWithATopicThatWasCreatedAgain() throws Exception {
    createTopics("again.");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin
          .alterConsumerGroupOffsets(
              "again",
              Map.of(new TopicPartition("again.payment-events", 0), new OffsetAndMetadata(7)))
          .all()
          .get();
    }

    CommandRun run = run("again.", "--set", "application.id=again");

    assertThat(run.exitCode()).isEqualTo(11);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).contains("up to offset 7, but the log ends at 0");
  }

  @Test
  void shouldSayThatASettingOfAClientIsWrong() {
    createTopics("wrong.");

    CommandRun run =
        run(
            "wrong.",
            "--set",
            "state.dir=" + directory,
            "--set",
            "kafka.main.consumer.max.poll.records=many");

    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).contains("max.poll.records");
  }

  private static void createTopics(String prefix) {
    assertThat(
            CommandRun.of(
                    "topics",
                    "create",
                    "-b",
                    kafka.bootstrapServers(),
                    "--topic-prefix",
                    prefix,
                    "--partitions",
                    "2")
                .exitCode())
        .isZero();
  }

  private static CommandRun run(String prefix, String... more) {
    List<String> args =
        new ArrayList<>(List.of("run", "-b", kafka.bootstrapServers(), "--topic-prefix", prefix));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(String[]::new));
  }

  @Test
  void shouldSayThatNoBrokerAnswers() {
    CommandRun run = CommandRun.of("run", "-b", "127.0.0.1:1");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).contains("127.0.0.1:1");
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void shouldRunAndTellItsHealthUntilItIsAskedToEnd() throws IOException, InterruptedException {
    assertThat(
            CommandRun.of("topics", "create", "-b", kafka.bootstrapServers(), "--partitions", "2")
                .exitCode())
        .isZero();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.tollgate.cli.Tollgate",
                "run",
                "-b",
                kafka.bootstrapServers(),
                "--set",
                "state.dir=" + directory,
                "--set",
                "http.listener=127.0.0.1:0")
            .redirectErrorStream(true)
            .start();
    List<String> lines = new ArrayList<>();
    String url = "";
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
        if (line.startsWith(HEALTH)) {
          url = line.substring(HEALTH.length(), line.indexOf("/health"));
        }
        if (line.startsWith("tollgate: running")) {
          assertThat(get(url + "/health/live")).isEqualTo(200);
          assertThat(get(url + "/health/ready")).isEqualTo(200);
          awaitMetric(url + "/metrics", "kafka_stream_tollgate_accepted_total");
          // SIGTERM; unlike Process.destroy it leaves the output open.
          assertThat(process.toHandle().destroy()).isTrue();
        }
      }
      assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
    } finally {
      process.destroyForcibly();
    }
    // Kafka's libraries may warn in between.
    assertThat(lines)
        .filteredOn(line -> line.startsWith("tollgate: "))
        .anyMatch(line -> line.startsWith("tollgate: connected to " + kafka.bootstrapServers()))
        .endsWith("tollgate: stopping", "tollgate: stopped");
  }

  private static int get(String url) throws IOException, InterruptedException {
    return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
        .statusCode();
  }

  /**
   * The metrics of a task show a few seconds after it has started; the test's timeout ends this.
   */
  private static void awaitMetric(String url, String name)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    while (!HTTP.send(request, BodyHandlers.ofString()).body().contains(name)) {
      Thread.onSpinWait();
    }
  }
}
