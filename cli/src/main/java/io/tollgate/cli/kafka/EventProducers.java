package io.tollgate.cli.kafka;

import io.tollgate.cli.CommandException;
import io.tollgate.cli.ExitCode;
import io.tollgate.producers.EventProducer;
import io.tollgate.producers.ProducerSettings;
import io.tollgate.schemas.topics.Direction;
import io.tollgate.streams.admin.AdminClients;
import io.tollgate.streams.admin.TopicAdmin;
import io.tollgate.streams.admin.TopicListing;
import io.tollgate.streams.config.TollgateConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Opens producers of events. */
public final class EventProducers {

  // Longer than a broker takes to come back after a crash or an upgrade.
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** What the producer of events sets itself. */
  private static final Set<String> OWN =
      Set.of(
          ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);

  private EventProducers() {}

  /**
   * A producer for an installation that is there. It waits out a broker that goes away later.
   *
   * @throws CommandException with {@link ExitCode#TOPICS} if an input topic does not exist: the
   *     producer would wait for it to appear
   */
  public static EventProducer open(TollgateConfig config) {
    requireInputTopics(config);
    ProducerSettings settings =
        ProducerSettings.of(config.bootstrapServers())
            .withTopicPrefix(config.topicNames().prefix())
            .withMaxWait(PATIENCE)
            .withKafkaProperty(
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(PATIENCE.toMillis()));
    for (Map.Entry<String, Object> property : config.producer().entrySet()) {
      if (!OWN.contains(property.getKey())) {
        settings =
            settings.withKafkaProperty(property.getKey(), String.valueOf(property.getValue()));
      }
    }
    return new EventProducer(settings);
  }

  private static void requireInputTopics(TollgateConfig config) {
    try (Admin admin = AdminClients.open(config)) {
      String missing =
          new TopicAdmin(admin, config.topicNames())
              .list().stream()
                  .filter(listing -> listing.topic().direction() == Direction.IN)
                  .filter(listing -> !listing.exists())
                  .map(TopicListing::name)
                  .collect(Collectors.joining(", "));
      if (!missing.isEmpty()) {
        throw CommittedRecords.noTopic(missing);
      }
    }
  }
}
