package io.tollgate.cli.top;

import io.tollgate.cli.Colours;
import io.tollgate.cli.Console;
import io.tollgate.cli.ExitCode;
import io.tollgate.cli.JsonOption;
import io.tollgate.cli.Numbers;
import io.tollgate.cli.StopSignal;
import io.tollgate.cli.kafka.CommittedRecords;
import io.tollgate.cli.kafka.KafkaOptions;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.TopicCatalogue;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the busiest accounts, again and again. */
@Command(
    name = "top",
    mixinStandardHelpOptions = true,
    description = {
      "Show the busiest accounts and what is going on in all of them, until Ctrl-C.",
      "",
      "It counts what is committed from now on. Amounts are units of each account's currency. With"
          + " --json each frame is a line."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tollgate top --bootstrap-server kafka:9092",
      "  tollgate top --every 10 --frames 6 --json > a-minute.jsonl"
    })
public final class TopCommand implements Callable<Integer> {

  private static final String CLEAR_SCREEN = "\u001B[H\u001B[2J";

  private final Console console;

  @Mixin KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "Time between two frames. Default: ${DEFAULT-VALUE}.")
  int every;

  @Option(
      names = "--frames",
      paramLabel = "N",
      description = "End after so many frames; else at Ctrl-C.")
  int frames = Integer.MAX_VALUE;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many accounts to show. Default: ${DEFAULT-VALUE}.")
  int accounts;

  @Mixin JsonOption json = new JsonOption();

  public TopCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Numbers.require("--every", every, 1, Integer.MAX_VALUE);
    Numbers.require("--frames", frames, 1, Integer.MAX_VALUE);
    Numbers.require("--accounts", accounts, 1, Integer.MAX_VALUE);
    try (StopSignal stop = StopSignal.install()) {
      stop.endWith(ExitCode.OK.code());
      return kafka.use(
          config -> {
            try (CommittedRecords records =
                CommittedRecords.all(
                        config,
                        TopicCatalogue.LEDGER_ENTRIES,
                        TopicCatalogue.BLOCKED_USAGE,
                        TopicCatalogue.BALANCE_ALERTS,
                        TopicCatalogue.REJECTED_EVENTS)
                    .fromNowOn()) {
              watch(records, stop::isRequested);
            }
            return ExitCode.OK.code();
          });
    }
  }

  private void watch(CommittedRecords records, BooleanSupplier stopped) {
    Activity activity = new Activity();
    long start = System.nanoTime();
    long frameStart = start;
    long callsBefore = 0;
    for (int frame = 0; frame < frames && !stopped.getAsBoolean(); frame++) {
      long end = frameStart + Duration.ofSeconds(every).toNanos();
      while (System.nanoTime() < end && !stopped.getAsBoolean()) {
        records.awaitMore(record -> add(activity, record));
      }
      long now = System.nanoTime();
      long seconds = Math.max(1, Duration.ofNanos(now - frameStart).toSeconds());
      show(
          new Frame(
              activity,
              activity.busiest(accounts),
              Duration.ofNanos(now - start),
              (activity.calls() - callsBefore) / seconds));
      callsBefore = activity.calls();
      frameStart = now;
    }
  }

  private static void add(Activity activity, ConsumerRecord<byte[], byte[]> record) {
    if (record.value() != null) {
      activity.add(EventCodec.decode(record.value()));
    }
  }

  private void show(Frame frame) {
    if (json.isChosen()) {
      console.out().println(frame.toJson());
      console.out().flush();
      return;
    }
    if (console.colours()) {
      console.out().print(CLEAR_SCREEN);
    }
    frame.print(console.out(), new Colours(console.colours()));
  }
}
