package io.tollgate.streams.app;

import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicNames;
import io.tollgate.streams.config.TollgateConfig;
import io.tollgate.streams.processor.AccountProcessorSupplier;
import io.tollgate.streams.processor.TaskListener;
import io.tollgate.streams.processor.TaskSettings;
import io.tollgate.streams.topology.AccountTopology;
import io.tollgate.streams.topology.RegistryTopology;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running instance of Tollgate: the registry, then the accounts, then the clock. It runs until
 * it is closed or a fault of its own stops it, loudly.
 */
public final class Pipeline implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  // Long enough to commit what is in flight and hand the tasks over, short of most supervisors'
  // kill.
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

  private final TollgateConfig config;
  private final TopicNames names;
  private final KafkaStreams registry;
  private final KafkaStreams accounts;
  private final ClockTicker ticker;
  private final RestoreProgress restoring = new RestoreProgress();

  /** Empty once it was closed; else what stopped it. */
  private final CompletableFuture<Optional<PipelineFault>> end = new CompletableFuture<>();

  /**
   * Prepares an instance.
   *
   * @param partitions partition count of the topics of accounts, as found on the cluster
   */
  public Pipeline(TollgateConfig config, int partitions) {
    this.config = config;
    this.names = config.topicNames();
    this.registry =
        streams(
            new RegistryTopology(names, config.stateBackend(), config.quarantine()).get(),
            config.registryStreams());
    TaskSettings settings =
        new TaskSettings(names, partitions, config.rules(), config.quarantine());
    this.accounts =
        streams(
            new AccountTopology(
                    names,
                    new AccountProcessorSupplier(
                        settings, config.stateBackend(), TaskListener.none()))
                .get(),
            config.accountStreams());
    this.ticker = new ClockTicker(Clock.systemUTC(), config.producer(), this::clockPartitions);
  }

  private KafkaStreams streams(Topology topology, Properties properties) {
    KafkaStreams streams = new KafkaStreams(topology, properties);
    streams.setUncaughtExceptionHandler(
        thrown -> {
          stop(PipelineFault.of(thrown));
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.setGlobalStateRestoreListener(restoring);
    streams.setStateListener(
        (now, before) -> {
          LOG.info("{} is {}", properties.get(StreamsConfig.APPLICATION_ID_CONFIG), now);
          if (now == KafkaStreams.State.ERROR) {
            stop(PipelineFault.of(new IllegalStateException("Kafka Streams went into ERROR")));
          }
        });
    return streams;
  }

  private void stop(PipelineFault fault) {
    if (end.complete(Optional.of(fault))) {
      LOG.error("{}", fault.message(), fault.cause());
    }
  }

  /**
   * Starts it: accounts start when the registry has passed on all prices and policies published so
   * far. Returns without waiting for tasks to be assigned.
   *
   * @param wanted asked while it waits; once false, it starts no further
   */
  public void start(BooleanSupplier wanted) throws InterruptedException, ExecutionException {
    registry.start();
    try (Admin admin = Admin.create(config.adminClient())) {
      boolean caughtUp =
          new ReferenceCatchUp(admin, config.consumer(), names, config.registryApplicationId())
              .await(() -> !end.isDone() && wanted.getAsBoolean());
      if (!caughtUp) {
        return;
      }
    }
    accounts.start();
    ticker.start();
  }

  /** Whether all tasks that it was given are processing. */
  public boolean isRunning() {
    return registry.state() == KafkaStreams.State.RUNNING
        && accounts.state() == KafkaStreams.State.RUNNING;
  }

  /** How it is now; may be asked from any thread, at any time. */
  public PipelineHealth health() {
    if (end.isDone()) {
      String detail = end.join().map(PipelineFault::message).orElse("It was closed.");
      return new PipelineHealth(PipelineHealth.Phase.STOPPED, detail, new TreeMap<>());
    }
    if (accounts.state() == KafkaStreams.State.CREATED) {
      return new PipelineHealth(
          PipelineHealth.Phase.STARTING,
          "Accounts wait until the registry has passed on all prices and policies.",
          restoring.remaining());
    }
    return isRunning()
        ? new PipelineHealth(
            PipelineHealth.Phase.RUNNING, "All tasks are processing.", restoring.remaining())
        : new PipelineHealth(
            PipelineHealth.Phase.RESTORING,
            "Tasks are assigned and their state is restored; the registry is %s, accounts are %s."
                .formatted(registry.state(), accounts.state()),
            restoring.remaining());
  }

  /** Both applications, for who wants to watch their metrics. */
  public List<KafkaStreams> applications() {
    return List.of(registry, accounts);
  }

  /** Waits for the end: empty if it was closed, else the fault that stopped it. */
  public Optional<PipelineFault> awaitEnd() throws InterruptedException {
    try {
      return end.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the end is never exceptional", e);
    }
  }

  private Set<TopicPartition> clockPartitions() {
    String clock = names.full(TopicCatalogue.CLOCK);
    return accounts.metadataForLocalThreads().stream()
        .flatMap(thread -> thread.activeTasks().stream())
        .flatMap(task -> task.topicPartitions().stream())
        .filter(partition -> partition.topic().equals(clock))
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void close() {
    ticker.close();
    close(accounts);
    close(registry);
    end.complete(Optional.empty());
  }

  /** Leaves the group, so that other instances take the tasks over at once. */
  private static void close(KafkaStreams streams) {
    boolean closed =
        streams.close(
            CloseOptions.timeout(CLOSE_TIMEOUT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    if (!closed) {
      LOG.warn("Not closed within {}; what was in flight is processed again", CLOSE_TIMEOUT);
    }
  }
}
