package io.tollgate.embedded;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/** The settings of a single-node broker, and why each differs from Kafka's default. */
final class BrokerProperties {

  /** Whatever listens does so here: nothing outside this machine can reach the broker. */
  static final String HOST = "127.0.0.1";

  static final String CLIENT_LISTENER = "CLIENT";
  static final String CONTROLLER_LISTENER = "CONTROLLER";
  static final int NODE_ID = 1;

  /** What the broker's identity and wiring depend on; a caller may not override these. */
  private static final Set<String> FIXED =
      Set.of(
          "process.roles",
          "node.id",
          "broker.id",
          "listeners",
          "advertised.listeners",
          "listener.security.protocol.map",
          "inter.broker.listener.name",
          "controller.listener.names",
          "controller.quorum.voters",
          "controller.quorum.bootstrap.servers",
          "log.dir",
          "log.dirs",
          "metadata.log.dir");

  private BrokerProperties() {}

  /** {@link #HOST} with a port; literal, so that no resolver and no IPv6 preference has a say. */
  static InetSocketAddress address(int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(HOST, new byte[] {127, 0, 0, 1}), port);
    } catch (UnknownHostException e) {
      throw new AssertionError("Four bytes are an address", e);
    }
  }

  static void requireOverridable(String name) {
    if (FIXED.contains(name)) {
      throw new IllegalArgumentException(name + " is set by the embedded broker itself");
    }
  }

  /**
   * All settings of a broker.
   *
   * @param port port of the client listener, 0 for any free one
   * @param overrides settings of the caller, which win over {@link #defaults()}
   */
  static Properties of(Path directory, int port, Map<String, String> overrides) {
    Properties properties = new Properties();
    properties.putAll(defaults());
    properties.putAll(overrides);

    properties.setProperty("process.roles", "broker,controller");
    properties.setProperty("node.id", Integer.toString(NODE_ID));
    properties.setProperty("log.dirs", directory.toString());
    properties.setProperty(
        "listeners",
        "%s://%s:%d,%s://%s:0".formatted(CLIENT_LISTENER, HOST, port, CONTROLLER_LISTENER, HOST));
    properties.setProperty(
        "listener.security.protocol.map",
        "%s:PLAINTEXT,%s:PLAINTEXT".formatted(CLIENT_LISTENER, CONTROLLER_LISTENER));
    properties.setProperty("inter.broker.listener.name", CLIENT_LISTENER);
    properties.setProperty("controller.listener.names", CONTROLLER_LISTENER);
    // Kafka's placeholder for "told later": the controller's port is known once it listens.
    properties.setProperty("controller.quorum.voters", NODE_ID + "@0.0.0.0:0");
    return properties;
  }

  /** Settings that a caller may override. */
  static Map<String, String> defaults() {
    Map<String, String> defaults = new TreeMap<>();

    // Exactly-once on one node: there is nobody to replicate to.
    defaults.put("default.replication.factor", "1");
    defaults.put("min.insync.replicas", "1");
    defaults.put("offsets.topic.replication.factor", "1");
    defaults.put("transaction.state.log.replication.factor", "1");
    defaults.put("transaction.state.log.min.isr", "1");
    defaults.put("share.coordinator.state.topic.replication.factor", "1");
    defaults.put("share.coordinator.state.topic.min.isr", "1");

    // 50 each by default; creating and loading them is most of the wait for the first group and
    // the first transaction.
    defaults.put("offsets.topic.num.partitions", "4");
    defaults.put("transaction.state.log.num.partitions", "4");
    defaults.put("share.coordinator.state.topic.num.partitions", "1");

    // Groups here have few members: waiting 3 s for more of them only delays every start.
    defaults.put("group.initial.rebalance.delay.ms", "0");
    defaults.put("group.streams.initial.rebalance.delay.ms", "0");

    // Looked at every 10 s by default. The transaction of a killed client holds back readers of
    // committed records until it is aborted; this keeps the wait near the transaction's timeout.
    defaults.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");

    // A broker that was killed is refused until its last session has run out, 9 s by default. Here
    // the controller shares its pauses, so a shorter session does not fence it wrongly.
    defaults.put("broker.session.timeout.ms", "3000");
    defaults.put("broker.heartbeat.interval.ms", "500");

    // A misspelt topic is an error, not a new topic with the wrong partition count.
    defaults.put("auto.create.topics.enable", "false");

    // 1 MiB by default. Room for large events and their rejections, and still small against the
    // heap of a test.
    defaults.put("message.max.bytes", Integer.toString(8 * 1024 * 1024));

    // The broker shares a JVM, often on two cores; 128 MiB of heap for compaction is too much.
    defaults.put("num.network.threads", "2");
    defaults.put("num.io.threads", "4");
    defaults.put("background.threads", "2");
    defaults.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 * 1024 * 1024));

    // No JMX beans for client-style metrics, nothing that reports anywhere.
    defaults.put("metric.reporters", "");
    return defaults;
  }
}
