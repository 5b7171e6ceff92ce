package io.tollgate.cli.tail;

import io.tollgate.cli.CommandException;
import io.tollgate.cli.Console;
import io.tollgate.cli.ExitCode;
import io.tollgate.cli.JsonOption;
import io.tollgate.cli.StopSignal;
import io.tollgate.cli.kafka.CommittedRecords;
import io.tollgate.cli.kafka.KafkaFailures;
import io.tollgate.cli.kafka.KafkaOptions;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.config.TollgateConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints records of a topic as they come. */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    description = {
      "Print the records of a topic as they are committed, until Ctrl-C.",
      "",
      "Records of one account come in order; those of several accounts come as they are read. With"
          + " --json each is a line in the shape that 'simulate' and 'produce' read."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tollgate tail balance-alerts --bootstrap-server kafka:9092",
      "  tollgate tail ledger-entries --account acme --from-beginning --no-follow",
      "  tollgate tail usage-events --from-beginning --no-follow --json > usage.jsonl"
    })
public final class TailCommand implements Callable<Integer> {

  private final Console console;

  @Mixin KafkaOptions kafka = new KafkaOptions();

  @Parameters(
      paramLabel = "TOPIC",
      completionCandidates = TopicNamesForCompletion.class,
      description = "Name of the topic, without the prefix: ${COMPLETION-CANDIDATES}.")
  @SuppressWarnings("NullAway.Init")
  String topic;

  @Option(
      names = "--account",
      paramLabel = "ACCOUNT",
      description = "Only records of this account.")
  @Nullable String account;

  @Option(names = "--from-beginning", description = "Print what is there already, too.")
  boolean fromBeginning;

  @Option(names = "--no-follow", description = "End at the present end of the topic.")
  boolean noFollow;

  @Mixin JsonOption json = new JsonOption();

  public TailCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    TopicSpec spec =
        TopicCatalogue.byName(topic)
            .orElseThrow(
                () ->
                    new CommandException(
                        ExitCode.USAGE,
                        "there is no topic %s; 'tollgate tail --help' lists them, and the prefix is"
                                .formatted(topic)
                            + " an option"));
    if (account != null && !holdsAccounts(spec)) {
      throw new CommandException(
          ExitCode.USAGE,
          "the records of %s belong to no account: their key is %s; leave --account out"
              .formatted(topic, spec.key()));
    }
    TollgateConfig config = kafka.load();
    try (StopSignal stop = StopSignal.install()) {
      stop.endWith(ExitCode.OK.code());
      KafkaFailures.translate(
          config,
          () -> {
            try (CommittedRecords records = open(config, spec)) {
              new TailRun(spec, account, console, json.isChosen())
                  .run(records, !noFollow, stop::isRequested);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            return null;
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return ExitCode.OK.code();
  }

  private CommittedRecords open(TollgateConfig config, TopicSpec spec) {
    CommittedRecords records =
        account == null || spec.keyField() == null
            ? CommittedRecords.all(config, spec)
            : CommittedRecords.ofKey(config, account, spec);
    return fromBeginning ? records : records.fromNowOn();
  }

  /** Rejections lie where the refused record lay, which need not be where its account's are. */
  private static boolean holdsAccounts(TopicSpec topic) {
    return "accountId".equals(topic.keyField()) || topic.equals(TopicCatalogue.REJECTED_EVENTS);
  }

  /** What a shell offers as topic. */
  static final class TopicNamesForCompletion implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return TopicCatalogue.all().stream().map(TopicSpec::name).iterator();
    }
  }
}
