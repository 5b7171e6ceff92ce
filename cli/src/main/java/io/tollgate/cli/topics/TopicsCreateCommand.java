package io.tollgate.cli.topics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tollgate.cli.Console;
import io.tollgate.cli.ExitCode;
import io.tollgate.cli.JsonOption;
import io.tollgate.cli.JsonOutput;
import io.tollgate.cli.Numbers;
import io.tollgate.cli.TextTable;
import io.tollgate.cli.kafka.KafkaOptions;
import io.tollgate.streams.admin.AdminClients;
import io.tollgate.streams.admin.TopicAdmin;
import io.tollgate.streams.admin.TopicCreation;
import io.tollgate.streams.config.TollgateConfig;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Creates the topics that are missing. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    description = {
      "Create the topics that are missing; those that exist are left alone.",
      "",
      "The partition count is chosen once, for the life of the installation: accounts and their"
          + " state are spread by it."
    },
    footerHeading = "%nExample:%n",
    footer = "  tollgate topics create --bootstrap-server kafka:9092 --partitions 64")
public final class TopicsCreateCommand implements Callable<Integer> {

  // Survives the loss of one broker and is still written to.
  private static final int REPLICATION = 3;

  private final Console console;

  @Mixin KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "64",
      description = "Partitions of each topic of accounts. Default: ${DEFAULT-VALUE}.")
  int partitions;

  @Option(
      names = "--replication",
      paramLabel = "N",
      description = "Replicas of each partition. Default: 3, or all brokers if there are fewer.")
  @Nullable Integer replication;

  @Mixin JsonOption json = new JsonOption();

  public TopicsCreateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Numbers.require("--partitions", partitions, 1, Short.MAX_VALUE);
    if (replication != null) {
      Numbers.require("--replication", replication, 1, Short.MAX_VALUE);
    }
    print(kafka.use(this::create));
    return ExitCode.OK.code();
  }

  private List<TopicCreation> create(TollgateConfig config) {
    try (Admin admin = AdminClients.open(config)) {
      int replicas = replication == null ? Math.min(REPLICATION, brokers(admin)) : replication;
      return new TopicAdmin(admin, config.topicNames()).create(partitions, replicas);
    }
  }

  private static int brokers(Admin admin) {
    try {
      return admin.describeCluster().nodes().get().size();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  private void print(List<TopicCreation> creations) {
    if (json.isChosen()) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      for (TopicCreation creation : creations) {
        list.addObject().put("name", creation.name()).put("outcome", creation.outcome().name());
      }
      JsonOutput.print(list, console.out());
      return;
    }
    TextTable table = TextTable.headed("TOPIC", "");
    for (TopicCreation creation : creations) {
      table.row(creation.name(), creation.outcome().name().toLowerCase(Locale.ROOT));
    }
    table.print(console.out());
  }
}
