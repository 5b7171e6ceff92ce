package io.tollgate.cli.reset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tollgate.cli.CommandRun;
import io.tollgate.cli.kafka.TestInstallation;
import io.tollgate.cli.verify.Books;
import io.tollgate.events.AccountBalance;
import io.tollgate.events.LedgerEntry;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.streams.app.Pipeline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ResetCommandTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @RegisterExtension final TestInstallation kafka = new TestInstallation();

  @TempDir Path directory;

  @Test
  void shouldBuildTheSameBooksAgainFromTheInputs() throws Exception {
    kafka.createTopics(2);
    produce(payment("p1"));
    try (Pipeline pipeline = kafka.startPipeline(2, directory)) {
      awaitBalance(1);
      assertThat(reset("--yes").exitCode()).isEqualTo(7);
      assertThat(reset("--yes").err()).startsWith("tollgate: instances run: ").contains(" at ");
      assertThat(pipeline.isRunning()).isTrue();
    }
    List<String> before = tail("ledger-entries");
    Set<String> groups = groups();

    CommandRun run = reset("--yes");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains(
            "  " + kafka.applicationId() + "\n",
            kafka.applicationId() + "-journal-changelog",
            kafka.prefix() + "ledger-entries",
            "Stop whoever takes money")
        .doesNotContain("payment-events", "claims", "claim-requests", "registry");
    assertThat(tail("ledger-entries")).isEmpty();
    assertThat(kafka.run("topics", "list").exitCode()).isZero();
    assertThat(groups()).hasSize(groups.size() - 1).contains(kafka.applicationId() + "-registry");
    assertThat(topics().stream().filter(name -> name.endsWith("-changelog")))
        .containsExactly(kafka.applicationId() + "-registry-claims-changelog");

    try (Pipeline pipeline = kafka.startPipeline(2, directory)) {
      produce(payment("p2"));
      awaitBalance(2);
      assertThat(pipeline.isRunning()).isTrue();
    }
    assertThat(tail("ledger-entries")).hasSize(2);
    assertThat(tail("ledger-entries").get(0)).isEqualTo(before.get(0));
  }

  @Test
  void shouldEmptyTheInputsAndForgetTheClaimsIfToldSo() throws Exception {
    kafka.createTopics(2);
    produce(payment("p1"));
    produce("{'topic':'price-book','value':{'model':'m'}}");
    try (Pipeline pipeline = kafka.startPipeline(2, directory)) {
      awaitBalance(1);
      kafka.await(TopicCatalogue.REFERENCE, record -> true);
      assertThat(pipeline.isRunning()).isTrue();
    }

    assertThat(reset("--inputs", "--yes").exitCode()).isZero();
    assertThat(tail("payment-events")).isEmpty();
    assertThat(tail("reference")).isEmpty();
    assertThat(groups()).containsExactly(kafka.applicationId() + "-registry");
    try (Pipeline pipeline = kafka.startPipeline(2, directory)) {
      // The registry would wait in vain for prices behind an offset that is not there any more.
      produce("{'topic':'price-book','value':{'model':'n'}}");
      kafka.await(TopicCatalogue.REFERENCE, record -> true);
      produce(payment("p2"));
      awaitBalance(1);
      assertThat(pipeline.isRunning()).isTrue();
    }

    assertThat(reset("--inputs", "--claims", "--yes").exitCode()).isZero();
    assertThat(groups()).isEmpty();
    assertThat(topics()).noneMatch(name -> name.endsWith("-changelog"));
    assertThat(kafka.run("topics", "list").exitCode()).isZero();
  }

  @Test
  void shouldAskFirst() throws Exception {
    kafka.createTopics(1);
    kafka.write(entry());

    CommandRun declined = kafka.runWithInput("yes\n", "reset");
    assertThat(declined.exitCode()).isEqualTo(1);
    assertThat(declined.err())
        .contains("Type the application id, " + kafka.applicationId() + ", to delete all this: ")
        .contains("tollgate: nothing was deleted");
    assertThat(kafka.run("reset").exitCode()).isEqualTo(1);
    assertThat(tail("ledger-entries")).hasSize(1);

    CommandRun confirmed = kafka.runWithInput(kafka.applicationId() + "\n", "reset");
    assertThat(confirmed.exitCode()).isZero();
    assertThat(tail("ledger-entries")).isEmpty();
  }

  @Test
  void shouldOnlySayWhatItWouldDelete() throws Exception {
    kafka.createTopics(1);
    kafka.write(entry());
    Path state = Files.createDirectories(directory.resolve(kafka.applicationId()));

    CommandRun run = reset("--dry-run", "--json");

    JsonNode plan = MAPPER.readTree(run.out());
    assertThat(plan.path("carriedOut").asBoolean()).isFalse();
    assertThat(plan.path("emptiedTopics").toString())
        .contains("ledger-entries", "rejected-events")
        .doesNotContain("usage-events", "claim", "clock", "reference");
    assertThat(plan.at("/directories/0").asText()).isEqualTo(state.toString());
    assertThat(tail("ledger-entries")).hasSize(1);
    assertThat(state).isDirectory();

    assertThat(reset("--yes").exitCode()).isZero();
    assertThat(state).doesNotExist();
  }

  @Test
  void shouldWarnIfTheInputsHaveLostTheirBeginning() throws Exception {
    kafka.createTopics(1);
    produce(payment("p1"));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin
          .deleteRecords(
              Map.of(
                  new TopicPartition(kafka.prefix() + "payment-events", 0),
                  RecordsToDelete.beforeOffset(1)))
          .all()
          .get();
    }

    assertThat(reset("--dry-run").out())
        .contains(kafka.prefix() + "payment-events no longer begins at the first record")
        .contains("balances will be wrong");
  }

  private CommandRun reset(String... options) {
    String[] args = new String[options.length + 3];
    args[0] = "reset";
    args[1] = "--set";
    args[2] = "state.dir=" + directory;
    System.arraycopy(options, 0, args, 3, options.length);
    return kafka.run(args);
  }

  private void produce(String line) {
    assertThat(kafka.runWithInput(line.replace('\'', '"'), "produce", "-").exitCode()).isZero();
  }

  private static String payment(String id) {
    return "{'topic':'payment-events','type':'PaymentSucceeded','value':{'paymentId':'%s','accountId':'acme','amountNanos':10000000000,'occurredAt':'2026-01-01T00:00:00.000Z'}}"
        .formatted(id);
  }

  private static LedgerEntry entry() {
    return Books.entries("acme").get(0);
  }

  private void awaitBalance(long version) {
    kafka.await(
        TopicCatalogue.ACCOUNT_BALANCES,
        record -> ((AccountBalance) record).getVersion() == version);
  }

  private List<String> tail(String topic) {
    return kafka.run("tail", topic, "--from-beginning", "--no-follow", "--json").outLines().stream()
        // The broker's own time of each record.
        .map(line -> line.replaceAll("\"(timestamp|recordedAt)\":\"[^\"]*\"", ""))
        .toList();
  }

  private Set<String> groups() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      return admin.listGroups().all().get().stream()
          .map(GroupListing::groupId)
          .filter(group -> group.startsWith(kafka.prefix()))
          .collect(Collectors.toSet());
    }
  }

  private Set<String> topics() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      return admin.listTopics().names().get().stream()
          .filter(name -> name.startsWith(kafka.prefix()))
          .collect(Collectors.toSet());
    }
  }
}
