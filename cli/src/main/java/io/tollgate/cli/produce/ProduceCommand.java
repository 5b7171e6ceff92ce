package io.tollgate.cli.produce;

import io.tollgate.cli.CommandException;
import io.tollgate.cli.Console;
import io.tollgate.cli.ExitCode;
import io.tollgate.cli.JsonOption;
import io.tollgate.cli.JsonOutput;
import io.tollgate.cli.StopSignal;
import io.tollgate.cli.kafka.EventProducers;
import io.tollgate.cli.kafka.KafkaFailures;
import io.tollgate.cli.kafka.KafkaOptions;
import io.tollgate.cli.lines.InputFile;
import io.tollgate.cli.lines.LineReader;
import io.tollgate.producers.EventProducer;
import io.tollgate.streams.config.TollgateConfig;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends records of a file to the input topics. */
@Command(
    name = "produce",
    mixinStandardHelpOptions = true,
    description = {
      "Send records to the input topics: JSON lines of a file, in the shape that 'simulate' reads.",
      "",
      "A record carries its id, so a line that is sent twice counts once: after a failure, run the"
          + " same again, or go on at the line that the report names. A broker may be away for"
          + " minutes in between. A line that holds no record is reported and passed over.",
      "",
      "The broker gives each record its time of arrival: a line's timestamp is not used and may be"
          + " left out, and lines of advanceTo are passed over. Records of one account in one topic"
          + " keep their order; between topics there is none, so send prices and payments before"
          + " the usage that needs them."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tollgate produce usage.jsonl --bootstrap-server kafka:9092",
      "  tollgate produce usage.jsonl --from-line 120001",
      "  echo '{\"topic\":\"account-events\",\"type\":\"AccountSuspended\","
          + "\"value\":{\"accountId\":\"acme\",\"occurredAt\":\"2026-09-01T00:00:00.000Z\"}}' |"
          + " tollgate produce -"
    })
public final class ProduceCommand implements Callable<Integer> {

  private final Console console;

  @Mixin KafkaOptions kafka = new KafkaOptions();

  @Mixin InputFile file = new InputFile();

  @Option(
      names = "--from-line",
      paramLabel = "N",
      defaultValue = "1",
      description = "Pass over the lines before this one. Default: ${DEFAULT-VALUE}.")
  long fromLine;

  @Mixin JsonOption json = new JsonOption();

  public ProduceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (fromLine < 1) {
      throw new CommandException(
          ExitCode.USAGE, "--from-line is %d; lines are numbered from 1".formatted(fromLine));
    }
    TollgateConfig config = kafka.load();
    try (InputStream input = file.open(console);
        StopSignal stop = StopSignal.install();
        EventProducer producer =
            KafkaFailures.translate(config, () -> EventProducers.open(config))) {
      Deliveries deliveries = new Deliveries();
      LineSender sender = new LineSender(producer, deliveries, stop::isRequested);
      new ProduceRun(sender, deliveries, stop::isRequested)
          .run(new LineReader(input), fromLine, console);
      return end(deliveries, sender.nextLine(), stop.isRequested());
    }
  }

  private int end(Deliveries deliveries, long nextLine, boolean stopped) {
    Deliveries.Report report = deliveries.report();
    boolean complete = report.undelivered() == 0 && !stopped;
    long goOnAt = complete ? -1 : report.firstUndelivered().orElse(nextLine);
    print(report, goOnAt);
    if (stopped) {
      console.err().println("Stopped; go on with --from-line " + goOnAt);
      return StopSignal.INTERRUPTED;
    }
    Throwable cause = deliveries.firstCause();
    if (cause != null) {
      throw new CommandException(
          KafkaFailures.exitCode(cause),
          "Kafka did not confirm %,d records; once it can be reached, go on with --from-line %d:"
                  .formatted(report.undelivered(), goOnAt)
              + " those that it has count once",
          cause);
    }
    if (report.refused() > 0) {
      throw new CommandException(
          ExitCode.USAGE,
          "%,d lines hold no record that can be sent; correct them and run the same again: the"
                  .formatted(report.refused())
              + " others count once");
    }
    return ExitCode.OK.code();
  }

  private void print(Deliveries.Report report, long goOnAt) {
    if (json.isChosen()) {
      JsonOutput.print(ProduceReport.toJson(report, goOnAt), console.out());
    } else {
      ProduceReport.print(report, console);
    }
    console.out().flush();
  }
}
