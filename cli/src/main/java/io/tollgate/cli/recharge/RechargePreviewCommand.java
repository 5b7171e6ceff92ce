package io.tollgate.cli.recharge;

import io.tollgate.cli.AmountConverter;
import io.tollgate.cli.Colours;
import io.tollgate.cli.CommandException;
import io.tollgate.cli.Console;
import io.tollgate.cli.EndsWith;
import io.tollgate.cli.ExitCode;
import io.tollgate.cli.JsonOption;
import io.tollgate.cli.JsonOutput;
import io.tollgate.cli.kafka.CommittedState;
import io.tollgate.cli.kafka.KafkaOptions;
import io.tollgate.domain.account.Account;
import io.tollgate.domain.account.RechargePreview;
import io.tollgate.streams.config.TollgateConfig;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what the next debit of an account would do, and what time alone will. */
@Command(
    name = "preview",
    mixinStandardHelpOptions = true,
    description = {
      "Say what auto-recharge would do at the next debit of an account, and what it does by itself"
          + " and when.",
      "",
      "It tries the rules on the account as its instance has last committed it; nothing changes."
          + " Settings of rules and declines are those of this command: give it the configuration"
          + " of the instances. Reading takes time that grows with the account's partition."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tollgate recharge preview acme --bootstrap-server kafka:9092",
      "  tollgate recharge preview acme --debit 12.50 --json"
    })
@EndsWith(ExitCode.UNKNOWN_ACCOUNT)
public final class RechargePreviewCommand implements Callable<Integer> {

  private final Console console;
  private final Clock clock = Clock.systemUTC();

  @Mixin KafkaOptions kafka = new KafkaOptions();

  @Parameters(paramLabel = "ACCOUNT", description = "Id of the account.")
  @SuppressWarnings("NullAway.Init")
  String account;

  @Option(
      names = "--debit",
      paramLabel = "AMOUNT",
      converter = AmountConverter.class,
      description =
          "The debit to try, in units of the account's currency. Default: the smallest that brings"
              + " the balance to the threshold.")
  @Nullable Long debitNanos;

  @Mixin JsonOption json = new JsonOption();

  public RechargePreviewCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    RechargePreview preview = kafka.use(this::preview);
    if (json.isChosen()) {
      JsonOutput.print(new PreviewJson(preview).toJson(), console.out());
    } else {
      new PreviewText(preview, new Colours(console.colours())).print(console.out());
    }
    return ExitCode.OK.code();
  }

  private RechargePreview preview(TollgateConfig config) {
    CommittedState state = new CommittedState(config, console);
    Account committed = state.account(account);
    if (committed == null) {
      throw new CommandException(
          ExitCode.UNKNOWN_ACCOUNT,
          "there is no account %s; ids are case-sensitive, and an account exists from its first"
                  .formatted(account)
              + " accepted event");
    }
    return RechargePreview.of(committed, config.rules(), state::claim, clock.millis(), debitNanos);
  }
}
