package io.tollgate.cli.rejected;

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
import io.tollgate.cli.kafka.RecordsAt;
import io.tollgate.cli.rejected.Replay.Outcome;
import io.tollgate.cli.rejected.Replay.Result;
import io.tollgate.streams.config.TollgateConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends refused records again. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Send refused records again, with the key and value that they have in their topic.",
      "",
      "For records that can be taken now: usage of a model that has its prices now (UNPRICED), or"
          + " what a release without the rules had passed over (QUARANTINED). What is refused again"
          + " comes out as a rejection again; what was taken meanwhile counts once."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tollgate rejected replay --reason UNPRICED --dry-run",
      "  tollgate rejected replay --reason UNPRICED --account acme",
      "  tollgate rejected replay --all --json"
    })
public final class RejectedReplayCommand implements Callable<Integer> {

  /** Enough to look at; the sums tell of the rest. */
  private static final int SHOWN = 100;

  private final Console console;

  @Mixin KafkaOptions kafka = new KafkaOptions();

  @Mixin RejectionFilter filter = new RejectionFilter();

  @Option(names = "--all", description = "Every record that was ever refused.")
  boolean all;

  @Option(names = "--dry-run", description = "Say what would be sent, and end.")
  boolean dryRun;

  @Mixin JsonOption json = new JsonOption();

  public RejectedReplayCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    filter.check();
    if (filter.takesAll() != all) {
      throw new CommandException(
          ExitCode.USAGE,
          all
              ? "--all leaves nothing to choose; leave it or the other filters out"
              : "say what to replay: --reason, --topic, --account, or --all");
    }
    List<Result> results = kafka.use(this::replay);
    if (json.isChosen()) {
      JsonOutput.print(toJson(results), console.out());
    } else {
      print(results);
    }
    long failed = Replay.counts(results).getOrDefault(Outcome.FAILED, 0L);
    if (failed > 0) {
      throw new CommandException(
          ExitCode.FAILURE,
          "%,d records could not be sent; run the same again: those that were sent count once"
              .formatted(failed));
    }
    return ExitCode.OK.code();
  }

  private List<Result> replay(TollgateConfig config) {
    Map<Source, Refusal> refusals = new TreeMap<>();
    RejectionReader.read(
        config,
        filter,
        console,
        rejection -> refusals.put(Source.of(rejection), Refusal.of(rejection)));
    try (RecordsAt originals = new RecordsAt(config);
        @Nullable Resender resender = dryRun ? null : new Resender(config)) {
      return new Replay(originals, resender).run(refusals.values());
    }
  }

  private ObjectNode toJson(List<Result> results) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("dryRun", dryRun);
    ObjectNode counts = json.putObject("countByOutcome");
    Replay.counts(results).forEach((outcome, count) -> counts.put(outcome.name(), count));
    ArrayNode records = json.putArray("records");
    for (Result result : results) {
      Source source = result.refusal().source();
      records
          .addObject()
          .put("topic", source.topic())
          .put("partition", source.partition())
          .put("offset", source.offset())
          .put("reason", result.refusal().reason().name())
          .put("outcome", result.outcome().name())
          .put("detail", result.detail());
    }
    return json;
  }

  private void print(List<Result> results) {
    if (results.isEmpty()) {
      console.out().println("No such record was refused.");
      return;
    }
    TextTable table = TextTable.headed("RECORD", "REASON", "OUTCOME", "");
    for (Result result : results.subList(0, Math.min(SHOWN, results.size()))) {
      table.row(
          result.refusal().source().toString(),
          result.refusal().reason().name(),
          result.outcome().words(),
          result.detail());
    }
    table.print(console.out());
    if (results.size() > SHOWN) {
      console.out().println("and %,d more".formatted(results.size() - SHOWN));
    }
    console.out().println();
    Replay.counts(results)
        .forEach(
            (outcome, count) ->
                console
                    .out()
                    .println(String.format(Locale.ROOT, "%,d %s", count, outcome.words())));
  }
}
