package io.tollgate.sandbox.demo;

import io.tollgate.cli.CommandException;
import io.tollgate.cli.ExitCode;
import io.tollgate.cli.PipelineFaults;
import io.tollgate.cli.PipelineWatch;
import io.tollgate.cli.StopSignal;
import io.tollgate.events.ModelPrices;
import io.tollgate.sandbox.demo.workload.ModelMix;
import io.tollgate.sandbox.demo.workload.Workload;
import io.tollgate.streams.app.Pipeline;
import io.tollgate.streams.config.TollgateConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * One run of the demo on its cluster: prices and accounts, then the workload, until all of it is
 * decided and every balance shows it.
 */
final class Demo implements AutoCloseable {

  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  // The pipeline commits ten times a second; this long without a commit, something hangs.
  private static final Duration STALL = Duration.ofSeconds(60);

  // It looks several times a second whether to go on.
  private static final Duration SENDER_PATIENCE = Duration.ofSeconds(2);

  /** Something that becomes true. */
  private interface Condition {
    boolean holds() throws InterruptedException;
  }

  private final TollgateConfig config;
  private final Clock clock;
  private final StopSignal stop;
  private final LiveView view;
  private final Workload workload;
  private final OutputTally tally = new OutputTally();
  private final PollLoop outputs;
  private final CardProcessor cards;
  private final WorkloadSender sender;
  private final Settling settling;
  private final Pipeline pipeline;
  private final PipelineWatch watch;
  private final ExecutorService sending =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "demo-sender");
            thread.setDaemon(true);
            return thread;
          });
  private long sendingSince;
  private long sendingEnded;

  Demo(TollgateConfig config, Workload workload, Clock clock, StopSignal stop, LiveView view) {
    this.config = config;
    this.clock = clock;
    this.stop = stop;
    this.view = view;
    this.workload = workload;
    this.outputs = new PollLoop("demo-tally", config, OutputTally.TOPICS, tally::add);
    this.cards = new CardProcessor(config, clock, Card.deal(workload.accounts()));
    this.sender = new WorkloadSender(config, clock);
    this.settling = new Settling(config);
    this.pipeline = new Pipeline(config, DemoCluster.PARTITIONS);
    this.watch = PipelineWatch.of(pipeline, stop);
  }

  /**
   * Runs it. Returns the time from the first request to the last decision.
   *
   * @param span how long sending takes
   * @throws CommandException if the pipeline stops or hangs
   * @throws CancellationException if somebody asks the command to end
   */
  Duration run(List<ModelPrices> priceList, Duration span) throws InterruptedException {
    sender.sendNow(priceList);
    sender.sendNow(ModelMix.policies(clock.instant()));
    start();
    sender.open(workload.accounts());
    await("opening accounts", settling::areInputsDecided);
    sender.configureRecharges(workload.accounts());
    await("opening accounts", settling::areInputsDecided);

    sendingSince = System.nanoTime();
    Future<?> sent =
        sending.submit(
            () -> {
              sender.send(workload, span);
              return null;
            });
    await("sending", sent::isDone);
    failIfFailed(sent);
    sendingEnded = System.nanoTime();
    await("deciding", settling::areInputsDecided);
    final Duration elapsed = Duration.ofNanos(System.nanoTime() - sendingSince);
    await("settling", () -> settling.isQuiet(cards));
    Map<TopicPartition, Long> ends = settling.outputEnds();
    await("settling", () -> outputs.hasReached(ends) && tally.balancesShowTheLedger());
    view.clear();
    return elapsed;
  }

  private void start() throws InterruptedException {
    try {
      pipeline.start(() -> watch.fault().isEmpty());
    } catch (ExecutionException e) {
      throw new KafkaException("The pipeline did not start: " + e.getCause(), e);
    }
    outputs.start();
    cards.start();
    await("starting", pipeline::isRunning);
    await("starting", settling::isReferenceKnown);
  }

  private static void failIfFailed(Future<?> future) throws InterruptedException {
    try {
      future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }

  private void await(String phase, Condition condition) throws InterruptedException {
    long movedAt = System.nanoTime();
    long before = -1;
    while (!condition.holds()) {
      checkPipeline();
      LiveCounts counts = tally.counts();
      long moved = sender.sent() + counts.decided() + counts.rechargesPaid();
      if (moved != before) {
        before = moved;
        movedAt = System.nanoTime();
      } else if (System.nanoTime() - movedAt > STALL.toNanos()) {
        throw new CommandException(
            ExitCode.FAILURE,
            "%s: nothing has moved for %d s; --verbose shows what happens inside"
                .formatted(phase, STALL.toSeconds()));
      }
      view.show(
          new Progress(phase, sender.sent(), workload.requests().size(), perSecond(), counts));
      TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
    }
  }

  private long perSecond() {
    if (sendingSince == 0) {
      return 0;
    }
    long until = sendingEnded == 0 ? System.nanoTime() : sendingEnded;
    return sender.sent() * 1000 / Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - sendingSince));
  }

  private void checkPipeline() {
    failIfPipelineStopped();
    if (stop.isRequested()) {
      throw new CancellationException("asked to end");
    }
  }

  /**
   * Looks whether the pipeline is still there.
   *
   * @throws CommandException if it stopped by itself
   */
  void failIfPipelineStopped() {
    watch
        .fault()
        .ifPresent(
            fault -> {
              throw PipelineFaults.asFailure(fault);
            });
  }

  /** The books as Kafka has them now. */
  Books readBooks() {
    return BooksReader.read(config);
  }

  /** What the simulated cards were charged so far. */
  SimulatedCards.Charged charged() {
    return cards.charged();
  }

  private void awaitSender() {
    sending.shutdown();
    try {
      var unused = sending.awaitTermination(SENDER_PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    view.clear();
    sender.stop();
    watch.close();
    // Whoever needs the pipeline goes first: in the reverse of this order, whatever fails.
    try (pipeline;
        settling;
        outputs;
        cards;
        sender) {
      awaitSender();
    }
  }
}
