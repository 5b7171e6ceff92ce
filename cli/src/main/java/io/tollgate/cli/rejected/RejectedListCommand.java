package io.tollgate.cli.rejected;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.cli.Console;
import io.tollgate.cli.ExitCode;
import io.tollgate.cli.JsonOption;
import io.tollgate.cli.JsonOutput;
import io.tollgate.cli.Numbers;
import io.tollgate.cli.TextTable;
import io.tollgate.cli.kafka.KafkaOptions;
import io.tollgate.events.RejectedEvent;
import io.tollgate.schemas.json.IsoMillis;
import io.tollgate.schemas.json.JsonRecords;
import io.tollgate.streams.config.TollgateConfig;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists records that were refused. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "List records that were refused: the newest, and how many for which reason.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tollgate rejected list --bootstrap-server kafka:9092",
      "  tollgate rejected list --reason UNPRICED --reason LIMIT_EXCEEDED --account acme",
      "  tollgate rejected list --topic usage-events --last 1000 --json"
    })
public final class RejectedListCommand implements Callable<Integer> {

  private static final int MAX_LAST = 100_000;

  private final Console console;

  @Mixin KafkaOptions kafka = new KafkaOptions();

  @Mixin RejectionFilter filter = new RejectionFilter();

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "50",
      description = "Show the newest N. Default: ${DEFAULT-VALUE}.")
  int last;

  @Mixin JsonOption json = new JsonOption();

  public RejectedListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    filter.check();
    Numbers.require("--last", last, 1, MAX_LAST);
    Rejections rejections = kafka.use(this::read);
    if (json.isChosen()) {
      JsonOutput.print(toJson(rejections), console.out());
    } else {
      print(rejections);
    }
    return ExitCode.OK.code();
  }

  private Rejections read(TollgateConfig config) {
    Rejections rejections = new Rejections(last);
    RejectionReader.read(config, filter, console, rejections::add);
    return rejections;
  }

  private static ObjectNode toJson(Rejections rejections) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("count", rejections.count());
    ObjectNode byReason = json.putObject("countByReason");
    rejections.counts().forEach((reason, count) -> byReason.put(reason.name(), count));
    ArrayNode newest = json.putArray("newest");
    rejections.newest().forEach(rejection -> newest.add(JsonRecords.toJson(rejection)));
    return json;
  }

  private void print(Rejections rejections) {
    if (rejections.count() == 0) {
      console.out().println("No record was refused.");
      return;
    }
    TextTable table = TextTable.headed("REJECTED AT", "REASON", "RECORD", "KEY", "DETAIL");
    for (RejectedEvent rejection : rejections.newest()) {
      table.row(
          IsoMillis.format(rejection.getRejectedAt()),
          rejection.getReason().name(),
          Source.of(rejection).toString(),
          rejection.getSourceKey() == null ? "-" : rejection.getSourceKey(),
          rejection.getDetail());
    }
    table.print(console.out());
    console.out().println();
    console
        .out()
        .println(
            "%s: %s"
                .formatted(
                    String.format(Locale.ROOT, "%,d refused", rejections.count()),
                    rejections.counts().entrySet().stream()
                        .map(
                            count ->
                                String.format(
                                    Locale.ROOT, "%,d %s", count.getValue(), count.getKey()))
                        .collect(Collectors.joining(", "))));
  }
}
