package io.tollgate.cli.verify;

import io.tollgate.cli.CommandException;
import io.tollgate.cli.Console;
import io.tollgate.cli.ExitCode;
import io.tollgate.cli.JsonOption;
import io.tollgate.cli.JsonOutput;
import io.tollgate.cli.Numbers;
import io.tollgate.cli.ProgressLine;
import io.tollgate.cli.kafka.KafkaOptions;
import io.tollgate.streams.config.TollgateConfig;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Adds up the ledger and compares it with the balances. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Add up the ledger, and compare it with the balances.",
      "",
      "Each account's entries must be numbered without gaps and lead from one balance to the next;"
          + " lots and debt must make up for every amount; each balance must be what the ledger"
          + " says at its version. Usage alone publishes a balance every 10 seconds at most, so"
          + " some may lag behind."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tollgate verify --bootstrap-server kafka:9092",
      "  tollgate verify --wait 15 --json"
    })
public final class VerifyCommand implements Callable<Integer> {

  private final Console console;

  @Mixin KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "Wait so long, at most, for balances that lag behind the ledger.")
  long waitSeconds;

  @Mixin JsonOption json = new JsonOption();

  public VerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Numbers.require("--wait", waitSeconds, 0, Integer.MAX_VALUE);
    LedgerCheck.Result result = kafka.use(this::check);
    VerifyReport report = new VerifyReport(result);
    if (json.isChosen()) {
      JsonOutput.print(report.toJson(), console.out());
    } else {
      report.print(console.out());
    }
    if (!result.holds()) {
      throw new CommandException(
          ExitCode.FAILURE,
          "the books do not hold: %d findings, the first are shown"
              .formatted(result.findingCount()));
    }
    return ExitCode.OK.code();
  }

  private LedgerCheck.Result check(TollgateConfig config) {
    try (LedgerReader reader = new LedgerReader(config, new ProgressLine(console))) {
      return reader.check(Duration.ofSeconds(waitSeconds));
    }
  }
}
