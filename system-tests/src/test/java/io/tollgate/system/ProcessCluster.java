package io.tollgate.system;

import io.tollgate.embedded.EmbeddedKafkaMain;
import io.tollgate.streams.admin.TopicAdmin;
import io.tollgate.streams.config.ConfigLoader;
import io.tollgate.streams.config.TollgateConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** A broker with all topics, and pipelines against it: each a process that a test may kill. */
final class ProcessCluster implements AutoCloseable {

  private final Path directory;
  private final int partitions;
  private final Map<String, String> settings;
  private final List<ChildProcess> processes = new ArrayList<>();
  private ChildProcess broker;

  private ProcessCluster(Path directory, int partitions, Map<String, String> settings)
      throws IOException {
    this.directory = directory;
    this.partitions = partitions;
    this.settings = new HashMap<>(settings);
    this.broker = startBroker("0");
  }

  /**
   * Starts the broker and creates the topics.
   *
   * @param settings of the pipelines, beside brokers and state directory
   */
  static ProcessCluster start(Path directory, int partitions, Map<String, String> settings)
      throws Exception {
    ProcessCluster cluster = new ProcessCluster(directory, partitions, settings);
    try {
      cluster.settings.put(TollgateConfig.BOOTSTRAP_SERVERS, cluster.awaitBroker());
      cluster.createTopics();
      return cluster;
    } catch (Exception e) {
      cluster.close();
      throw e;
    }
  }

  private void createTopics() {
    TollgateConfig config = config();
    try (Admin admin = Admin.create(config.adminClient())) {
      new TopicAdmin(admin, config.topicNames()).create(partitions, 1);
    }
  }

  private ChildProcess startBroker(String port) throws IOException {
    return start(
        EmbeddedKafkaMain.class,
        List.of("--dir", directory.resolve("broker").toString(), "--port", port));
  }

  private String awaitBroker() throws IOException {
    return broker.firstLine().replaceFirst("^READY ", "");
  }

  /** {@code kill -9} to the broker, and another one with its data at its address. */
  void crashBroker() throws IOException, InterruptedException {
    String address = brokers();
    broker.kill();
    broker = startBroker(address.substring(address.lastIndexOf(':') + 1));
    awaitBroker();
  }

  /** A pipeline with a state directory of its own, by its name. */
  ChildProcess startPipeline(String name) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(Integer.toString(partitions)));
    settings.forEach((setting, value) -> arguments.add(setting + "=" + value));
    arguments.add(TollgateConfig.STATE_DIR + "=" + stateDirectory(name));
    return start(PipelineMain.class, arguments);
  }

  /** Starts a main of the test's class path. */
  ChildProcess start(Class<?> main, List<String> arguments) throws IOException {
    ChildProcess process = ChildProcess.start(main, arguments);
    processes.add(process);
    return process;
  }

  /** Where the pipeline of this name keeps its state. */
  Path stateDirectory(String name) {
    return directory.resolve("state-" + name);
  }

  /** Where the broker is to be found. */
  String brokers() {
    return config().bootstrapServers();
  }

  /** The settings, for the test's own clients. */
  TollgateConfig config() {
    return ConfigLoader.load(null, Map.of(), settings);
  }

  @Override
  public void close() {
    processes.forEach(ChildProcess::killIfAlive);
  }
}
