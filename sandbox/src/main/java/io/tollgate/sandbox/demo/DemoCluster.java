package io.tollgate.sandbox.demo;

import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.streams.admin.AdminClients;
import io.tollgate.streams.admin.TopicAdmin;
import io.tollgate.streams.config.ConfigLoader;
import io.tollgate.streams.config.TollgateConfig;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** The Kafka of the demo: a broker in this process with all topics, and the settings for it. */
final class DemoCluster implements AutoCloseable {

  static final int PARTITIONS = 4;

  private final EmbeddedKafka broker;
  private final TollgateConfig config;

  private DemoCluster(EmbeddedKafka broker, TollgateConfig config) {
    this.broker = broker;
    this.config = config;
  }

  static DemoCluster start(DemoDirectory directory) {
    EmbeddedKafka broker =
        EmbeddedKafka.builder().dataDirectory(directory.ofBroker()).build().start();
    try {
      TollgateConfig config =
          // Nothing from outside: the environment may speak of another cluster.
          ConfigLoader.load(
              null,
              Map.of(),
              Map.of(
                  TollgateConfig.BOOTSTRAP_SERVERS,
                  broker.bootstrapServers(),
                  TollgateConfig.STATE_DIR,
                  directory.ofState().toString(),
                  // Books that start empty and end with the process need no disk.
                  TollgateConfig.STATE_BACKEND,
                  "memory",
                  // Nobody should wait ten seconds for the last balances.
                  TollgateConfig.BALANCE_PUBLISH_INTERVAL,
                  "PT2S"));
      try (Admin admin = AdminClients.open(config)) {
        var unused = new TopicAdmin(admin, config.topicNames()).create(PARTITIONS, 1);
      }
      return new DemoCluster(broker, config);
    } catch (RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  TollgateConfig config() {
    return config;
  }

  String bootstrapServers() {
    return config.bootstrapServers();
  }

  @Override
  public void close() {
    broker.close();
  }
}
