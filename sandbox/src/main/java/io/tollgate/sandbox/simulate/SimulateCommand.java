package io.tollgate.sandbox.simulate;

import io.tollgate.cli.CommandException;
import io.tollgate.cli.Console;
import io.tollgate.cli.ExitCode;
import io.tollgate.cli.lines.InputFile;
import io.tollgate.cli.lines.LineReader;
import io.tollgate.domain.RuleSettings;
import io.tollgate.events.ModelPrices;
import io.tollgate.prices.PriceListCsv;
import io.tollgate.prices.PriceListException;
import io.tollgate.simulator.Simulator;
import io.tollgate.streams.config.DeclineFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs records of a file through the pipeline, in one process, with virtual time. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Run records through the pipeline in this process, with virtual time and no Kafka.",
      "",
      "Input is JSON lines in the order of time: a record, or a time to go on to.",
      "Output is, after each line, the records it caused; at the end every account's balance."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tollgate simulate history.jsonl --prices prices.csv",
      "  tollgate simulate - <<'END'",
      "  {\"topic\":\"payment-events\",\"timestamp\":\"2026-01-01T00:00:00.000Z\","
          + "\"type\":\"PaymentSucceeded\",\"value\":{\"paymentId\":\"p1\",\"accountId\":\"a\","
          + "\"amountNanos\":10000000000,\"currency\":\"USD\","
          + "\"occurredAt\":\"2026-01-01T00:00:00.000Z\"}}",
      "  {\"advanceTo\":\"2027-02-01T00:00:00.000Z\"}",
      "  END"
    })
public final class SimulateCommand implements Callable<Integer> {

  private final Console console;

  @Mixin InputFile file = new InputFile();

  @Option(
      names = "--prices",
      paramLabel = "CSV",
      description =
          "Price list that holds from the start, with the columns model, meter, serviceTier,"
              + " minInputTokens, effectiveFrom and nanosPerMillion.")
  @Nullable Path prices;

  public SimulateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    List<ModelPrices> priceList = prices == null ? List.of() : readPrices(prices);
    try (InputStream input = file.open(console);
        Simulator simulator = new Simulator(RuleSettings.defaults(DeclineFile.shipped()))) {
      publish(priceList, simulator);
      new SimulationRun(simulator, console).run(new LineReader(input));
    }
    return ExitCode.OK.code();
  }

  private static List<ModelPrices> readPrices(Path prices) {
    try {
      return PriceListCsv.read(prices);
    } catch (PriceListException e) {
      throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  private void publish(List<ModelPrices> priceList, Simulator simulator) {
    for (ModelPrices model : priceList) {
      try {
        simulator.preload(model);
      } catch (IllegalArgumentException e) {
        throw new CommandException(ExitCode.USAGE, prices + ": " + e.getMessage(), e);
      }
    }
  }
}
