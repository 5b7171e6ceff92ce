package io.tollgate.cli.run;

import io.tollgate.cli.CommandException;
import io.tollgate.cli.Console;
import io.tollgate.cli.EndsWith;
import io.tollgate.cli.ExitCode;
import io.tollgate.cli.LogConfigurator;
import io.tollgate.cli.Messages;
import io.tollgate.cli.PipelineFaults;
import io.tollgate.cli.PipelineWatch;
import io.tollgate.cli.StopSignal;
import io.tollgate.cli.kafka.KafkaFailures;
import io.tollgate.cli.kafka.KafkaOptions;
import io.tollgate.streams.admin.AdminException;
import io.tollgate.streams.admin.Finding;
import io.tollgate.streams.admin.Preflight;
import io.tollgate.streams.app.Pipeline;
import io.tollgate.streams.app.PipelineFault;
import io.tollgate.streams.config.TollgateConfig;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs an instance of the pipeline against a cluster, until it is asked to end. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Run an instance of the pipeline against a Kafka cluster, until SIGTERM or Ctrl-C.",
      "",
      "Before it starts it checks topics, their settings and offsets, and says what to do about"
          + " what is wrong. Start as many instances as there is work for, up to the partition"
          + " count."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tollgate run --bootstrap-server kafka:9092",
      "  tollgate run --config tollgate.properties --set num.stream.threads=4"
    })
@EndsWith({ExitCode.PIPELINE_FAULT, ExitCode.OFFSETS_WENT_BACK, ExitCode.PARTITION_COUNT_CHANGED})
public final class RunCommand implements Callable<Integer> {

  private static final long LOOK_EVERY_MILLIS = 200;

  private final Console console;

  @Mixin KafkaOptions kafka = new KafkaOptions();

  public RunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    LogConfigurator.forService();
    TollgateConfig config = kafka.load();
    int partitions = KafkaFailures.translate(config, () -> preflight(config));
    try (StopSignal stop = StopSignal.install()) {
      run(config, partitions, stop);
      stop.endWith(ExitCode.OK.code());
    }
    return ExitCode.OK.code();
  }

  /** Returns the partition count. */
  private int preflight(TollgateConfig config) {
    Preflight preflight = new Preflight(config);
    OptionalInt partitions = partitions(preflight);
    List<Finding> findings = preflight.check();
    for (Finding finding : findings) {
      if (finding.severity() == Finding.Severity.WARNING) {
        say("warning: " + finding.message());
      }
    }
    List<Finding> errors =
        findings.stream()
            .filter(finding -> finding.severity() == Finding.Severity.ERROR)
            .sorted(Comparator.comparing(Finding::kind))
            .toList();
    if (!errors.isEmpty()) {
      Finding gravest = errors.get(errors.size() - 1);
      errors.subList(0, errors.size() - 1).forEach(error -> say(error.message()));
      throw new CommandException(exitCode(gravest.kind()), gravest.message());
    }
    return partitions.orElseGet(preflight::partitions);
  }

  private static ExitCode exitCode(Finding.Kind kind) {
    return switch (kind) {
      case INSTALLATION -> ExitCode.TOPICS;
      case OFFSETS_WENT_BACK -> ExitCode.OFFSETS_WENT_BACK;
      case PARTITION_COUNT_CHANGED -> ExitCode.PARTITION_COUNT_CHANGED;
    };
  }

  /** Empty if the topics are at fault, which the checks say better; fails if nobody answers. */
  private static OptionalInt partitions(Preflight preflight) {
    try {
      return OptionalInt.of(preflight.partitions());
    } catch (AdminException e) {
      if (e.getCause() == null) {
        return OptionalInt.empty();
      }
      throw e;
    }
  }

  private void run(TollgateConfig config, int partitions, StopSignal stop)
      throws InterruptedException {
    say(
        "connected to %s: topics %s*, %d partitions, application %s, state in %s"
            .formatted(
                config.bootstrapServers(),
                config.topicNames().prefix(),
                partitions,
                config.applicationId(),
                config.stateDirectory().toAbsolutePath()));
    Optional<PipelineFault> fault;
    try (Pipeline pipeline =
            KafkaFailures.translate(config, () -> new Pipeline(config, partitions));
        Operations operations = Operations.start(config, pipeline);
        PipelineWatch watch = PipelineWatch.of(pipeline, stop)) {
      operations
          .url()
          .ifPresent(
              url -> say("health at %s/health/ready, metrics at %<s/metrics".formatted(url)));
      start(config, pipeline, stop);
      awaitRunning(pipeline, stop);
      stop.await();
      if (watch.fault().isEmpty()) {
        say("stopping");
      }
      fault = watch.fault();
    }
    if (fault.isPresent()) {
      CommandException failure = PipelineFaults.asFailure(fault.get());
      stop.endWith(failure.exitCode().code());
      throw failure;
    }
    say("stopped");
  }

  private static void start(TollgateConfig config, Pipeline pipeline, StopSignal stop)
      throws InterruptedException {
    try {
      pipeline.start(() -> !stop.isRequested());
    } catch (ExecutionException e) {
      KafkaException failure =
          e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e);
      KafkaFailures.translate(
          config,
          () -> {
            throw failure;
          });
    }
  }

  private void awaitRunning(Pipeline pipeline, StopSignal stop) throws InterruptedException {
    while (!pipeline.isRunning()) {
      if (stop.isRequested()) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
    say("running; Ctrl-C or SIGTERM ends it");
  }

  private void say(String message) {
    console.err().println(Messages.PREFIX + Messages.oneLine(message));
  }
}
