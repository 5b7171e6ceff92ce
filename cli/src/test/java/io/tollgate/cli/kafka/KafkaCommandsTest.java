package io.tollgate.cli.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tollgate.cli.CommandRun;
import io.tollgate.cli.verify.Books;
import io.tollgate.events.LedgerEntry;
import io.tollgate.schemas.topics.TopicCatalogue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code topics}, {@code balance} and {@code verify} on a broker. */
class KafkaCommandsTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int TOPICS = TopicCatalogue.all().size();

  @RegisterExtension final TestInstallation kafka = new TestInstallation();

  @Test
  void shouldCreateTopicsOnceAndListThem() throws IOException {
    CommandRun missing = kafka.run("topics", "list");
    assertThat(missing.exitCode()).isEqualTo(4);
    assertThat(missing.errLines()).hasSize(1);
    assertThat(missing.err())
        .startsWith("tollgate: Topics are missing: " + kafka.prefix() + "usage-events, ")
        .contains("Create them with 'tollgate topics create'");

    CommandRun created = kafka.run("topics", "create", "--partitions", "3", "--json");
    assertThat(created.err()).isEmpty();
    assertThat(json(created)).hasSize(TOPICS).allMatch(t -> outcome(t).equals("CREATED"));
    assertThat(json(kafka.run("topics", "create", "--partitions", "3", "--json")))
        .allMatch(t -> outcome(t).equals("EXISTS"));

    CommandRun listed = kafka.run("topics", "list", "--json");
    assertThat(listed.err()).isEmpty();
    assertThat(listed.exitCode()).isZero();
    assertThat(json(listed)).hasSize(TOPICS);
    assertThat(json(listed).get(0).get("name").asText()).isEqualTo(kafka.prefix() + "usage-events");
    assertThat(json(listed).get(0).get("partitions").asInt()).isEqualTo(3);
    assertThat(kafka.run("topics", "list").out())
        .contains(kafka.prefix() + "account-balances", "compact");
  }

  @Test
  void shouldListTopicsWithoutFaultExactlyWhenRunWouldStartWithThem() throws Exception {
    kafka.run("topics", "create", "--partitions", "1");

    alter("balance-alerts", "retention.ms", "1000");
    CommandRun chosen = kafka.run("topics", "list");
    assertThat(chosen.exitCode()).isZero();
    assertThat(chosen.err()).isEmpty();
    assertThat(chosen.out()).contains("retention.ms is 1000");

    alter("ledger-entries", "max.message.bytes", "1000");
    alter("account-events", "message.timestamp.type", "CreateTime");
    CommandRun wrong = kafka.run("topics", "list");
    assertThat(wrong.exitCode()).isEqualTo(4);
    assertThat(wrong.errLines()).hasSize(2).allMatch(line -> line.startsWith("tollgate: "));
    assertThat(wrong.errLines())
        .isEqualTo(
            kafka.run("run").errLines().stream()
                .filter(line -> !line.contains("warning: "))
                .toList());
  }

  @Test
  void shouldNotCreateTopicsWithAnotherPartitionCount() {
    kafka.run("topics", "create", "--partitions", "2");

    CommandRun run = kafka.run("topics", "create", "--partitions", "3");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).startsWith("tollgate: ").contains("usage-events has 2");
  }

  @Test
  void shouldSayThatTopicsAreMissing() {
    for (String command : List.of("verify", "balance")) {
      CommandRun run =
          command.equals("verify") ? kafka.run("verify") : kafka.run("balance", "acme");

      assertThat(run.exitCode()).isEqualTo(4);
      assertThat(run.err())
          .startsWith("tollgate: there is no topic " + kafka.prefix() + "account-balances; create");
      assertThat(run.errLines()).hasSize(1);
    }
  }

  @Test
  void shouldShowTheLastCommittedBalance() throws IOException {
    kafka.run("topics", "create", "--partitions", "3");
    kafka.write(Books.balanceAtTwo("acme"), Books.balanceAtTwo("other"));
    kafka.write(Books.balanceAtFour("acme"));
    kafka.writeInVain(Books.balanceAtTwo("acme"), Books.balanceAtTwo("unborn"));

    CommandRun shown = kafka.run("balance", "acme");
    assertThat(shown.err()).isEmpty();
    assertThat(shown.exitCode()).isZero();
    assertThat(shown.out()).contains("0.000000004 USD", "p2", "never", "written off");
    assertThat(json(kafka.run("balance", "acme", "--json")).get("version").asInt()).isEqualTo(4);

    CommandRun unborn = kafka.run("balance", "unborn");
    assertThat(unborn.exitCode()).isEqualTo(6);
    assertThat(unborn.out()).isEmpty();
    assertThat(unborn.errLines()).hasSize(1);
    assertThat(unborn.err()).startsWith("tollgate: there is no balance of an account unborn");
  }

  @Test
  void shouldVerifySoundBooks() throws IOException {
    kafka.run("topics", "create", "--partitions", "3");
    List<SpecificRecord> books = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      books.addAll(Books.entries("acme-" + i));
      books.add(Books.balanceAtFour("acme-" + i));
    }
    kafka.write(books.toArray(SpecificRecord[]::new));
    kafka.writeInVain(Books.entries("aborted").get(2));

    CommandRun run = kafka.run("verify");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("The books hold.", "0.00000008 USD");

    JsonNode json = json(kafka.run("verify", "--json"));
    assertThat(json.get("holds").asBoolean()).isTrue();
    assertThat(json.get("entries").asInt()).isEqualTo(80);
    assertThat(json.get("compared").asInt()).isEqualTo(20);
    assertThat(json.at("/totals/USD/ledgerNanos").asInt()).isEqualTo(80);
  }

  @Test
  void shouldSayHowManyBalancesLagAndWaitForThem() throws IOException {
    kafka.run("topics", "create", "--partitions", "1");
    kafka.write(Books.balanceAtTwo("acme"));
    kafka.write(Books.entries("acme").toArray(SpecificRecord[]::new));

    CommandRun waited = kafka.run("verify", "--wait", "1", "--json");

    assertThat(waited.err()).isEmpty();
    assertThat(waited.exitCode()).isZero();
    assertThat(json(waited).get("lagging").asInt()).isEqualTo(1);

    kafka.write(Books.balanceAtFour("acme"));
    assertThat(json(kafka.run("verify", "--json")).get("lagging").asInt()).isZero();
  }

  @Test
  void shouldFailForBooksThatWereTamperedWith() throws IOException {
    kafka.run("topics", "create", "--partitions", "3");
    List<LedgerEntry> entries = Books.entries("acme");
    kafka.write(entries.get(0), entries.get(2), entries.get(3), Books.balanceAtFour("acme"));

    CommandRun run = kafka.run("verify");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("account acme, entry 3: it follows version 1")
        .doesNotContain("The books hold");
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).startsWith("tollgate: the books do not hold: 1 ");
    assertThat(json(kafka.run("verify", "--json")).get("findingCount").asInt()).isEqualTo(1);
  }

  private void alter(String topic, String setting, String value) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, kafka.prefix() + topic);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  resource,
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry(setting, value), AlterConfigOp.OpType.SET))))
          .all()
          .get();
      while (!value.equals(
          Objects.requireNonNull(admin.describeConfigs(List.of(resource)).all().get().get(resource))
              .get(setting)
              .value())) {
        Thread.onSpinWait(); // the broker learns of it a moment after the controller
      }
    }
  }

  private static JsonNode json(CommandRun run) throws IOException {
    return MAPPER.readTree(run.out());
  }

  private static String outcome(JsonNode topic) {
    return topic.path("outcome").asText();
  }
}
