package io.tollgate.sandbox.demo;

import io.tollgate.cli.CommandException;
import io.tollgate.cli.Console;
import io.tollgate.cli.EndsWith;
import io.tollgate.cli.ExitCode;
import io.tollgate.cli.JsonOption;
import io.tollgate.cli.JsonOutput;
import io.tollgate.cli.LogConfigurator;
import io.tollgate.cli.Numbers;
import io.tollgate.cli.StopSignal;
import io.tollgate.embedded.EmbeddedKafkaException;
import io.tollgate.events.ModelPrices;
import io.tollgate.prices.PriceListCsv;
import io.tollgate.sandbox.demo.workload.GeneratedSizes;
import io.tollgate.sandbox.demo.workload.PlannedPrices;
import io.tollgate.sandbox.demo.workload.RequestSize;
import io.tollgate.sandbox.demo.workload.TraceException;
import io.tollgate.sandbox.demo.workload.TraceFile;
import io.tollgate.sandbox.demo.workload.Workload;
import io.tollgate.sandbox.demo.workload.WorkloadComposer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the whole product at work, on a Kafka of its own in this process. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "See it all at work: Kafka, the pipeline and a day of customers in this process.",
      "",
      "Accounts buy credit, use models, run low, are recharged by a simulated card processor, run"
          + " dry, try models that need a verified organisation, and some get verified. A few"
          + " requests are sent twice, or broken. At the end the books are read back from Kafka"
          + " and checked."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tollgate demo",
      "  tollgate demo --trace requests.csv --no-wait --json",
      "  tollgate demo --requests 100000 --rate 4000 --accounts 1000"
    })
@EndsWith({ExitCode.PIPELINE_FAULT, ExitCode.OFFSETS_WENT_BACK, ExitCode.PARTITION_COUNT_CHANGED})
public final class DemoCommand implements Callable<Integer> {

  private static final int DEFAULT_REQUESTS = 20_000;
  private static final int MAX_REQUESTS = 10_000_000;
  private static final int MAX_ACCOUNTS = 100_000;
  private static final int MAX_RATE = 1_000_000;

  private final Console console;
  private final Clock clock = Clock.systemUTC();

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "Requests to send, at most. Default: 20000, or the whole trace.")
  @Nullable Integer requests;

  @Option(
      names = "--trace",
      paramLabel = "CSV",
      description =
          "Take times and token counts from this file, one request a line, with the columns"
              + " TIMESTAMP,ContextTokens,GeneratedTokens; else they are generated.")
  @Nullable Path trace;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Requests a second, on average. Default: ${DEFAULT-VALUE}.")
  int rate;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      defaultValue = "100",
      description = "Accounts, some much busier than others. Default: ${DEFAULT-VALUE}.")
  int accounts;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed gives the same workload. Default: ${DEFAULT-VALUE}.")
  long seed;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "A new or empty directory for all data. Default: a temporary one.")
  @Nullable Path directory;

  @Option(names = "--keep", description = "Keep the directory at the end.")
  boolean keep;

  @Option(
      names = "--no-wait",
      description = "End after the summary; exit code 1 if a check does not hold.")
  boolean noWait;

  @Mixin JsonOption json = new JsonOption();

  public DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    LogConfigurator.quietly();
    List<RequestSize> sizes = sizes();
    List<ModelPrices> priceList = PriceListCsv.builtIn();
    Workload workload =
        WorkloadComposer.compose(
            sizes, accounts, seed, new PlannedPrices(priceList, clock.instant()));
    try (StopSignal stop = StopSignal.install()) {
      int exitCode = run(workload, priceList, stop);
      stop.endWith(exitCode);
      return exitCode;
    } finally {
      console.out().flush();
    }
  }

  private List<RequestSize> sizes() {
    Numbers.require("--accounts", accounts, 1, MAX_ACCOUNTS);
    Numbers.require("--rate", rate, 1, MAX_RATE);
    if (requests != null) {
      Numbers.require("--requests", requests, 1, MAX_REQUESTS);
    }
    if (trace == null) {
      return GeneratedSizes.generate(requests == null ? DEFAULT_REQUESTS : requests, seed);
    }
    try {
      return TraceFile.read(trace, requests == null ? MAX_REQUESTS : requests);
    } catch (TraceException e) {
      throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  private int run(Workload workload, List<ModelPrices> priceList, StopSignal stop)
      throws InterruptedException {
    LiveView view = new LiveView(console);
    view.say("Starting Kafka and the pipeline (seed %d)…".formatted(seed));
    try (DemoDirectory files = DemoDirectory.open(directory, keep);
        DemoCluster cluster = start(files);
        Demo demo = new Demo(cluster.config(), workload, clock, stop, view)) {
      Duration span = Duration.ofMillis(workload.requests().size() * 1000L / rate);
      Duration elapsed = demo.run(priceList, span);
      Summary summary =
          new Summary(
              demo.readBooks(),
              demo.charged(),
              workload.requests().size(),
              workload.duplicates(),
              workload.rejections(),
              accounts,
              seed,
              elapsed);
      print(summary);
      if (!noWait) {
        invite(summary, cluster);
        awaitEnd(stop);
        demo.failIfPipelineStopped();
      }
      if (files.isKept()) {
        console.err().println("The data stays in " + files.path());
      }
      return (summary.holds() ? ExitCode.OK : ExitCode.FAILURE).code();
    } catch (CancellationException e) {
      console.err().println("Stopped before the end.");
      return StopSignal.INTERRUPTED;
    }
  }

  private static DemoCluster start(DemoDirectory files) {
    try {
      return DemoCluster.start(files);
    } catch (EmbeddedKafkaException e) {
      throw new CommandException(ExitCode.FAILURE, String.valueOf(e.getMessage()), e);
    }
  }

  private void print(Summary summary) {
    if (json.isChosen()) {
      JsonOutput.print(SummaryJson.of(summary), console.out());
    } else {
      new SummaryText(summary, console.out(), console.colours()).print();
    }
    console.out().flush();
  }

  private void invite(Summary summary, DemoCluster cluster) {
    String server = " --bootstrap-server " + cluster.bootstrapServers();
    String account =
        summary.books().topAccounts().stream()
            .map(AccountTotals::accountId)
            .findFirst()
            .orElse("ACCOUNT");
    console.err().println();
    console.err().println("Everything is still running; look around from another terminal:");
    console.err().println("  ./tollgate balance " + account + server);
    console.err().println("  ./tollgate verify" + server);
    console.err().println("  ./tollgate topics list" + server);
    console.err().println("Enter or Ctrl-C ends it.");
  }

  private void awaitEnd(StopSignal stop) throws InterruptedException {
    Thread enter = new Thread(() -> readLine(stop), "demo-enter");
    enter.setDaemon(true);
    enter.start();
    stop.await();
  }

  /** Without anybody at the keyboard, only a signal ends the demo. */
  private void readLine(StopSignal stop) {
    try {
      int character = console.in().read();
      while (character >= 0 && character != '\n') {
        character = console.in().read();
      }
      if (character == '\n') {
        stop.request();
      }
    } catch (IOException e) {
      // Nobody can type: the same as nobody being there.
      return;
    }
  }
}
