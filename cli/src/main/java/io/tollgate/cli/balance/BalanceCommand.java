package io.tollgate.cli.balance;

import io.tollgate.cli.CommandException;
import io.tollgate.cli.Console;
import io.tollgate.cli.EndsWith;
import io.tollgate.cli.ExitCode;
import io.tollgate.cli.JsonOption;
import io.tollgate.cli.JsonOutput;
import io.tollgate.cli.kafka.CommittedRecords;
import io.tollgate.cli.kafka.KafkaOptions;
import io.tollgate.events.AccountBalance;
import io.tollgate.schemas.json.JsonRecords;
import io.tollgate.schemas.topics.TopicCatalogue;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows an account's balance as it was last published. */
@Command(
    name = "balance",
    mixinStandardHelpOptions = true,
    description = {
      "Show the balance of an account, as it was last published.",
      "Usage alone publishes a balance every 10 seconds at most (balance.publish.interval)."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tollgate balance acme --bootstrap-server kafka:9092",
      "  tollgate balance acme --json"
    })
@EndsWith(ExitCode.UNKNOWN_ACCOUNT)
public final class BalanceCommand implements Callable<Integer> {

  private final Console console;

  @Mixin KafkaOptions kafka = new KafkaOptions();

  @Parameters(paramLabel = "ACCOUNT", description = "Id of the account.")
  @SuppressWarnings("NullAway.Init")
  String account;

  @Mixin JsonOption json = new JsonOption();

  public BalanceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    AccountBalance balance =
        kafka
            .use(
                config -> CommittedRecords.lastOf(config, account, TopicCatalogue.ACCOUNT_BALANCES))
            .map(AccountBalance.class::cast)
            .orElseThrow(this::unknown);
    if (json.isChosen()) {
      JsonOutput.print(JsonRecords.toJson(balance), console.out());
    } else {
      new BalanceTable(balance).print(console.out());
    }
    return ExitCode.OK.code();
  }

  private CommandException unknown() {
    return new CommandException(
        ExitCode.UNKNOWN_ACCOUNT,
        "there is no balance of an account %s; ids are case-sensitive, and an account has a"
                .formatted(account)
            + " balance from its first accepted event");
  }
}
