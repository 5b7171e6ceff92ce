package io.tollgate.cli.topics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.cli.CommandException;
import io.tollgate.cli.Console;
import io.tollgate.cli.ExitCode;
import io.tollgate.cli.JsonOption;
import io.tollgate.cli.JsonOutput;
import io.tollgate.cli.TextTable;
import io.tollgate.cli.kafka.KafkaOptions;
import io.tollgate.streams.admin.AdminClients;
import io.tollgate.streams.admin.Finding;
import io.tollgate.streams.admin.TopicAdmin;
import io.tollgate.streams.admin.TopicChecks;
import io.tollgate.streams.admin.TopicListing;
import io.tollgate.streams.config.TollgateConfig;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the topics of the catalogue as they are on the brokers. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "List the installation's topics, and what about them is not as in the catalogue.",
      "Ends with 4 if 'tollgate run' would not start with them."
    },
    footerHeading = "%nExample:%n",
    footer = "  tollgate topics list --bootstrap-server kafka:9092")
public final class TopicsListCommand implements Callable<Integer> {

  private final Console console;

  @Mixin KafkaOptions kafka = new KafkaOptions();

  @Mixin JsonOption json = new JsonOption();

  public TopicsListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<TopicListing> listings = kafka.use(TopicsListCommand::list);
    if (json.isChosen()) {
      printJson(listings);
    } else {
      printTable(listings);
    }
    requireRight(listings);
    return ExitCode.OK.code();
  }

  private static List<TopicListing> list(TollgateConfig config) {
    try (Admin admin = AdminClients.open(config)) {
      return new TopicAdmin(admin, config.topicNames()).list();
    }
  }

  private void printTable(List<TopicListing> listings) {
    TextTable table =
        TextTable.headed("TOPIC", "DIRECTION", "PARTITIONS", "REPLICAS", "CLEANUP", "DIFFERS");
    for (TopicListing listing : listings) {
      String direction = listing.topic().direction().name().toLowerCase(Locale.ROOT);
      String cleanup = listing.topic().retention().policy().name().toLowerCase(Locale.ROOT);
      if (listing.exists()) {
        table.row(
            listing.name(),
            direction,
            Integer.toString(listing.partitions()),
            Integer.toString(listing.replicas()),
            cleanup,
            differences(listing));
      } else {
        table.row(listing.name(), direction, "-", "-", cleanup, "missing");
      }
    }
    table.print(console.out());
  }

  private static String differences(TopicListing listing) {
    return listing.differences().stream().map(String::valueOf).collect(Collectors.joining("; "));
  }

  private void printJson(List<TopicListing> listings) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (TopicListing listing : listings) {
      ObjectNode topic = list.addObject();
      topic.put("name", listing.name());
      topic.put("exists", listing.exists());
      topic.put("direction", listing.topic().direction().name());
      topic.put("partitions", listing.partitions());
      topic.put("replicas", listing.replicas());
      ArrayNode records = topic.putArray("records");
      listing.topic().recordNames().forEach(records::add);
      ArrayNode differences = topic.putArray("differences");
      listing
          .differences()
          .forEach(
              difference ->
                  differences
                      .addObject()
                      .put("setting", difference.setting())
                      .put("actual", difference.actual())
                      .put("expected", difference.expected()));
    }
    JsonOutput.print(list, console.out());
  }

  /** By the checks of {@code run}, so that it ends well exactly when that would start. */
  private void requireRight(List<TopicListing> listings) {
    List<String> errors =
        TopicChecks.check(listings).stream()
            .filter(finding -> finding.severity() == Finding.Severity.ERROR)
            .map(Finding::message)
            .toList();
    if (!errors.isEmpty()) {
      errors
          .subList(0, errors.size() - 1)
          .forEach(error -> console.err().println("tollgate: " + error));
      throw new CommandException(ExitCode.TOPICS, errors.get(errors.size() - 1));
    }
  }
}
