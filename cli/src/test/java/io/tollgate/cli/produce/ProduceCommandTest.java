package io.tollgate.cli.produce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tollgate.cli.CommandRun;
import io.tollgate.cli.kafka.TestInstallation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ProduceCommandTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @RegisterExtension final TestInstallation kafka = new TestInstallation();

  @TempDir Path directory;

  @Test
  void shouldSendEveryLineOfAFile() throws IOException {
    kafka.createTopics(3);
    Path file = directory.resolve("lines.jsonl");
    Files.writeString(
        file,
        IntStream.range(0, 25_000)
            .mapToObj(i -> usage("e" + i).replace('\'', '"'))
            .collect(Collectors.joining("\n")));

    CommandRun run = kafka.run("produce", file.toString());

    assertThat(run.out()).isEqualTo("25,000 sent, 25,000 acknowledged, 0 failed\n");
    assertThat(run.exitCode()).isZero();
    assertThat(sent("usage-events")).hasSize(25_000).doesNotHaveDuplicates();
  }

  @Test
  void shouldReportLinesThatHoldNoRecordAndSendTheOthers() throws IOException {
    kafka.createTopics(1);
    String input =
        String.join(
            "\n",
            usage("e1"),
            "no json",
            "",
            "{'advanceTo':'2026-02-01T00:00:00.000Z'}",
            "{'topic':'ledger-entries','value':{}}",
            "{'topic':'usage-events','value':{'eventId':7}}",
            "{'topic':'usage-events','key':'else','value':{'eventId':'e','accountId':'acme'}}",
            "{'topic':'usage-events','value':{'eventId':'e'}}",
            "{'topic':'usage-events','key':'acme','value':null}",
            usage("e2"));

    CommandRun run = produce(input);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out())
        .isEqualTo("2 sent, 2 acknowledged, 6 failed\n1 lines of advanceTo passed over\n");
    assertThat(run.errLines()).hasSize(7);
    assertThat(run.errLines().get(0)).startsWith("line 2: not JSON: ");
    assertThat(run.errLines().get(1)).startsWith("line 5: \"ledger-entries\" is no input topic");
    assertThat(run.errLines().get(2)).startsWith("line 6: value: eventId: expected a string");
    assertThat(run.errLines().get(3)).startsWith("line 7: the key is \"else\", not the accountId");
    assertThat(run.errLines().get(4)).startsWith("line 8: ").contains("accountId");
    assertThat(run.errLines().get(5)).startsWith("line 9: no value");
    assertThat(run.errLines().get(6)).startsWith("tollgate: 6 lines hold no record");
    assertThat(sent("usage-events")).containsExactly("e1", "e2");
  }

  @Test
  void shouldRefuseALineThatIsNoText() throws IOException {
    kafka.createTopics(1);
    byte[] line = (usage("eX") + "\n" + usage("e2")).getBytes(StandardCharsets.ISO_8859_1);
    line[usage("eX").replace('\'', '"').indexOf('X')] = (byte) 0xFF;
    byte[] input =
        new String(line, StandardCharsets.ISO_8859_1)
            .replace('\'', '"')
            .getBytes(StandardCharsets.ISO_8859_1);

    CommandRun run =
        CommandRun.withInput(new ByteArrayInputStream(input), kafka.withOptions("produce", "-"));

    assertThat(run.errLines().get(0)).isEqualTo("line 1: not UTF-8");
    assertThat(sent("usage-events")).containsExactly("e2");
  }

  @Test
  void shouldGoOnAtALine() throws IOException {
    kafka.createTopics(1);

    CommandRun run =
        produce(usage("e1") + "\n" + usage("e2") + "\n" + usage("e3"), "--from-line", "3");

    assertThat(run.out()).startsWith("1 sent, 1 acknowledged, 0 failed");
    assertThat(sent("usage-events")).containsExactly("e3");
  }

  @Test
  void shouldRemovePricesAndPolicies() throws IOException {
    kafka.createTopics(1);

    CommandRun run =
        produce(
            "{'topic':'price-book','key':'m','value':null}\n"
                + "{'topic':'access-policies','key':'m'}");

    assertThat(run.err()).isEmpty();
    assertThat(kafka.run("tail", "price-book", "--from-beginning", "--no-follow").out())
        .endsWith("  m  removed\n");
    assertThat(kafka.run("tail", "access-policies", "--from-beginning", "--no-follow").out())
        .endsWith("  m  removed\n");
  }

  @Test
  void shouldReportInJson() throws IOException {
    kafka.createTopics(1);

    CommandRun run = produce(usage("e1") + "\n{}", "--json");

    JsonNode report = MAPPER.readTree(run.out());
    assertThat(report.path("records").asInt()).isEqualTo(2);
    assertThat(report.path("acknowledged").asInt()).isEqualTo(1);
    assertThat(report.path("refused").asInt()).isEqualTo(1);
    assertThat(report.at("/firstFailures/0/line").asInt()).isEqualTo(2);
    assertThat(report.path("goOnAtLine").isNull()).isTrue();
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void shouldSayWhereToGoOnWhenKafkaDoesNotConfirm() throws IOException {
    kafka.createTopics(1);

    // Larger than the client may send: it fails as it would for any other reason.
    String tooLarge = usage("e2").replace("'m'", "'m','projectId':'" + "p".repeat(250) + "'");
    CommandRun run =
        produce(
            usage("e1") + "\n" + tooLarge,
            "--json",
            "--set",
            "kafka.producer.max.request.size=350",
            "--set",
            "kafka.producer.compression.type=none");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("tollgate: Kafka did not confirm 1 records; once it can be reached, go on with")
        .contains("--from-line 2");
    assertThat(MAPPER.readTree(run.out()).path("goOnAtLine").asInt()).isEqualTo(2);
    assertThat(sent("usage-events")).containsExactly("e1");
  }

  @Test
  void shouldSayThatTopicsAreMissing() {
    CommandRun run = produce(usage("e1"));

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err())
        .startsWith("tollgate: there is no topic " + kafka.prefix() + "usage-events, ");
  }

  @Test
  void shouldRefuseALineNumberThatIsNone() {
    assertThat(produce("", "--from-line", "0").exitCode()).isEqualTo(2);
    assertThat(kafka.run("produce", "no-such-file").exitCode()).isEqualTo(2);
  }

  private CommandRun produce(String input, String... options) {
    String[] command = new String[options.length + 2];
    command[0] = "produce";
    command[1] = "-";
    System.arraycopy(options, 0, command, 2, options.length);
    return kafka.runWithInput(input.replace('\'', '"'), command);
  }

  private static String usage(String id) {
    return ("{'topic':'usage-events','value':{'eventId':'%s','accountId':'acme','model':'m',"
            + "'occurredAt':'2026-01-01T00:00:00.000Z','inputTokens':1}}")
        .formatted(id);
  }

  /** The ids that are in the topic. */
  private List<String> sent(String topic) throws IOException {
    List<String> lines =
        kafka.run("tail", topic, "--from-beginning", "--no-follow", "--json").outLines();
    return lines.stream().map(ProduceCommandTest::id).toList();
  }

  private static String id(String line) {
    try {
      return MAPPER.readTree(line).at("/value/eventId").asText();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
