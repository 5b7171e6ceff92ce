package io.tollgate.cli.quote;

import io.tollgate.cli.AmountConverter;
import io.tollgate.cli.Colours;
import io.tollgate.cli.Console;
import io.tollgate.cli.ExitCode;
import io.tollgate.cli.JsonOption;
import io.tollgate.cli.JsonOutput;
import io.tollgate.cli.kafka.CommittedRecords;
import io.tollgate.cli.kafka.KafkaOptions;
import io.tollgate.cli.kafka.PublishedModels;
import io.tollgate.events.AccountAccess;
import io.tollgate.events.AccountBalance;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.streams.config.TollgateConfig;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what an account could use, what not, and what would change that. */
@Command(
    name = "quote",
    mixinStandardHelpOptions = true,
    description = {
      "Say what an account could use, what not, and what would change that: before it pays.",
      "",
      "For each model, and each capability for which something is required, it tells whether a call"
          + " goes ahead, until when, and what it costs. Requirements and prices that are announced"
          + " are told with their date. An account that there is no record of is unverified and"
          + " without credit."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tollgate quote acme --bootstrap-server kafka:9092",
      "  tollgate quote acme --model gpt-5 --capability vision --amount 10",
      "  tollgate quote acme --json"
    })
public final class QuoteCommand implements Callable<Integer> {

  private final Console console;
  private final Clock clock = Clock.systemUTC();

  @Mixin KafkaOptions kafka = new KafkaOptions();

  @Parameters(paramLabel = "ACCOUNT", description = "Id of the account.")
  @SuppressWarnings("NullAway.Init")
  String account;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "Name or alias of a model; may be repeated. Default: every model.")
  List<String> models = List.of();

  @Option(
      names = "--capability",
      paramLabel = "CAPABILITY",
      description = "What a call would use; may be repeated. Default: all that is gated.")
  List<String> capabilities = List.of();

  @Option(
      names = "--amount",
      paramLabel = "AMOUNT",
      converter = AmountConverter.class,
      description =
          "What may be paid, in units of the account's currency, such as 10 or 9.99: also says what"
              + " it buys.")
  @Nullable Long amountNanos;

  @Option(
      names = "--service-tier",
      paramLabel = "TIER",
      defaultValue = "standard",
      description = "Whose prices to tell. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  String serviceTier;

  @Mixin JsonOption json = new JsonOption();

  public QuoteCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Quote quote = kafka.use(this::quote);
    if (json.isChosen()) {
      JsonOutput.print(new QuoteJson(quote).toJson(), console.out());
    } else {
      new QuoteText(quote, console.out(), new Colours(console.colours())).print();
    }
    return ExitCode.OK.code();
  }

  private Quote quote(TollgateConfig config) {
    Standing standing =
        Standing.of(
            account,
            CommittedRecords.lastOf(config, account, TopicCatalogue.ACCOUNT_ACCESS)
                .map(AccountAccess.class::cast)
                .orElse(null),
            CommittedRecords.lastOf(config, account, TopicCatalogue.ACCOUNT_BALANCES)
                .map(AccountBalance.class::cast)
                .orElse(null));
    return Quote.of(
        standing,
        PublishedModels.read(config),
        new Quote.Question(models, capabilities, serviceTier, amountNanos),
        clock.millis());
  }
}
