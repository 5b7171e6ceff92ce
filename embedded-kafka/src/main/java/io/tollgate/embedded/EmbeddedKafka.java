package io.tollgate.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.server.ServerSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * A real single-node Kafka broker (KRaft, broker and controller) in this JVM, reachable over
 * loopback only.
 *
 * <pre>{@code
 * try (EmbeddedKafka kafka = EmbeddedKafka.builder().start()) {
 *   properties.put("bootstrap.servers", kafka.bootstrapServers());
 * }
 * }</pre>
 *
 * <p>An instance is started once. To restart a broker, build another on the same directory.
 */
public final class EmbeddedKafka implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);

  /** A lone broker has no leadership to hand over; a shutdown that takes longer hangs. */
  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(30);

  private enum Phase {
    NEW,
    RUNNING,
    CLOSED
  }

  private final @Nullable Path givenDirectory;
  private final int givenPort;
  private final Map<String, String> overrides;
  private final CompletableFuture<Void> termination = new CompletableFuture<>();

  private Phase phase = Phase.NEW;
  private @Nullable DataDirectory directory;
  private @Nullable ControllerServer controller;
  private @Nullable BrokerServer broker;
  private int boundPort;

  private EmbeddedKafka(Builder builder) {
    this.givenDirectory = builder.directory;
    this.givenPort = builder.port;
    this.overrides = Map.copyOf(builder.overrides);
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts the broker and returns once it accepts clients.
   *
   * @throws EmbeddedKafkaException if the port is in use, the directory cannot be used or belongs
   *     to a running broker, or Kafka refuses its settings; nothing is left running
   * @throws IllegalStateException if this instance was started or closed before
   */
  public synchronized EmbeddedKafka start() {
    if (phase != Phase.NEW) {
      throw new IllegalStateException("An embedded broker starts once; this one is " + phase);
    }
    phase = Phase.RUNNING;
    try {
      requireFreePort();
      DataDirectory opened = DataDirectory.open(givenDirectory);
      directory = opened;
      opened.formatIfNew();
      startServers(opened.path());
      LOG.info("Kafka listens on {}, data in {}", bootstrapServers(), opened.path());
      return this;
    } catch (RuntimeException | Error failure) {
      try {
        close();
      } catch (RuntimeException e) {
        failure.addSuppressed(e);
      }
      throw failure;
    }
  }

  /** The address for {@code bootstrap.servers}, as {@code host:port}. */
  public synchronized String bootstrapServers() {
    if (phase != Phase.RUNNING) {
      throw new IllegalStateException("The broker is not running: " + phase);
    }
    return BrokerProperties.HOST + ":" + boundPort;
  }

  /** Where the broker keeps its data; gone after {@link #close()} if it was not given. */
  public synchronized Path dataDirectory() {
    if (directory == null) {
      throw new IllegalStateException("The broker has not been started");
    }
    return directory.path();
  }

  /**
   * Waits until the broker is closed.
   *
   * @throws EmbeddedKafkaException if the broker failed for good while it ran; it still has to be
   *     closed
   */
  public void awaitTermination() throws InterruptedException {
    try {
      termination.get();
    } catch (ExecutionException e) {
      throw new EmbeddedKafkaException("The embedded broker failed: " + messageOf(e), e.getCause());
    }
  }

  /**
   * Shuts the broker down gracefully, and deletes its directory if it is temporary. Does nothing if
   * it is closed already.
   */
  @Override
  public synchronized void close() {
    if (phase == Phase.CLOSED) {
      return;
    }
    phase = Phase.CLOSED;
    try {
      if (broker != null) {
        broker.shutdown(SHUTDOWN_TIMEOUT);
      }
    } finally {
      try {
        if (controller != null) {
          controller.shutdown();
        }
      } finally {
        try {
          if (directory != null) {
            directory.close();
          }
        } finally {
          termination.complete(null);
        }
      }
    }
  }

  /** Fails at once, instead of seconds into the start and behind a page of Kafka's log. */
  private void requireFreePort() {
    if (givenPort == 0) {
      return;
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(BrokerProperties.address(givenPort));
    } catch (IOException e) {
      throw new EmbeddedKafkaException(
          "Cannot listen on %s:%d: %s".formatted(BrokerProperties.HOST, givenPort, e.getMessage()),
          e);
    }
  }

  private void startServers(Path path) {
    try {
      KafkaConfig config =
          KafkaConfig.fromProps(BrokerProperties.of(path, givenPort, overrides), false);
      Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> stored =
          KafkaRaftServer.initializeLogDirs(config, LOG, "");
      CompletableFuture<Map<Integer, InetSocketAddress>> voters = new CompletableFuture<>();
      SharedServer shared =
          new SharedServer(
              config,
              stored._1(),
              Time.SYSTEM,
              new Metrics(Time.SYSTEM),
              voters,
              List.of(),
              new FaultRecorder(termination),
              ServerSocketFactory.INSTANCE);
      ControllerServer newController =
          new ControllerServer(shared, KafkaRaftServer.configSchema(), stored._2());
      controller = newController;
      CompletableFuture<Void> quorumKnown =
          newController
              .socketServerFirstBoundPortFuture()
              .thenAccept(
                  port ->
                      voters.complete(
                          Map.of(BrokerProperties.NODE_ID, BrokerProperties.address(port))));
      newController.startup();
      quorumKnown.get();

      BrokerServer newBroker = new BrokerServer(shared);
      broker = newBroker;
      newBroker.startup();
      boundPort = newBroker.boundPort(ListenerName.normalised(BrokerProperties.CLIENT_LISTENER));
    } catch (Exception e) {
      throw new EmbeddedKafkaException("The embedded broker did not start: " + messageOf(e), e);
    }
  }

  private static String messageOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null ? root.toString() : message;
  }

  /** What an embedded broker is built from; without any setting: temporary, on a free port. */
  public static final class Builder {

    private @Nullable Path directory;
    private int port;
    private final Map<String, String> overrides = new HashMap<>();

    private Builder() {}

    /** Keeps the data here; a directory that holds a broker's data already is taken up again. */
    public Builder dataDirectory(Path directory) {
      this.directory = directory;
      return this;
    }

    /** Listens on this port; 0, the default, means any free one. */
    public Builder port(int port) {
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("Not a port: " + port);
      }
      this.port = port;
      return this;
    }

    /**
     * Sets a property of the broker.
     *
     * @throws IllegalArgumentException if it is one that the embedded broker sets itself
     */
    public Builder property(String name, String value) {
      BrokerProperties.requireOverridable(name);
      overrides.put(name, value);
      return this;
    }

    public EmbeddedKafka build() {
      return new EmbeddedKafka(this);
    }

    /** Builds the broker and starts it. */
    public EmbeddedKafka start() {
      return build().start();
    }
  }
}
