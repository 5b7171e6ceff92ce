package io.tollgate.producers;

import io.tollgate.schemas.topics.TopicNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * What an {@link EventProducer} needs to know.
 *
 * @param bootstrapServers brokers to start from, as {@code host:port,…}
 * @param topics names of the installation's topics
 * @param maxInFlight how many events may be sent and neither acknowledged nor failed, from 1
 * @param maxWait how long a send may wait for room among them, and as long again for brokers that
 *     have not answered yet; zero refuses at once
 * @param kafkaProperties further properties of the Kafka producer, such as those of security
 */
public record ProducerSettings(
    String bootstrapServers,
    TopicNames topics,
    int maxInFlight,
    Duration maxWait,
    Map<String, String> kafkaProperties) {

  /** Two seconds of a busy gateway, and a few megabytes: well within the client's buffer. */
  private static final int DEFAULT_MAX_IN_FLIGHT = 10_000;

  /** Kafka's own, made certain. */
  private static final Duration DEFAULT_MAX_WAIT = Duration.ofMinutes(1);

  /** The first send waits for the brokers' addresses; without any patience it would always fail. */
  private static final Duration LEAST_WAIT_FOR_BROKERS = Duration.ofSeconds(1);

  /** Set by this class, or part of the contract: what the bytes are, and who gets which key. */
  private static final Set<String> FIXED =
      Set.of(
          ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
          // Another partition function would give one account two balances.
          ProducerConfig.PARTITIONER_CLASS_CONFIG,
          ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
          // Events are sent one by one, outside transactions.
          ProducerConfig.TRANSACTIONAL_ID_CONFIG);

  /**
   * Copies what can change and checks all of it.
   *
   * @throws IllegalArgumentException if a property weakens delivery or is not for the caller to set
   */
  public ProducerSettings {
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("bootstrap servers must not be empty");
    }
    if (maxInFlight < 1) {
      throw new IllegalArgumentException(
          "maxInFlight is %d; it must be at least 1".formatted(maxInFlight));
    }
    if (maxWait.isNegative()) {
      throw new IllegalArgumentException(
          "maxWait is %s; it must not be negative".formatted(maxWait));
    }
    kafkaProperties = Map.copyOf(kafkaProperties);
    for (String name : kafkaProperties.keySet()) {
      if (FIXED.contains(name)) {
        throw new IllegalArgumentException(name + " cannot be set: events depend on it");
      }
    }
    // Without them a retry may double, reorder or lose an event that was reported as delivered.
    require(kafkaProperties, ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, Set.of("true"));
    require(kafkaProperties, ProducerConfig.ACKS_CONFIG, Set.of("all", "-1"));
  }

  /** Defaults: the topic prefix of an installation that sets none, 10,000 in flight, a minute. */
  public static ProducerSettings of(String bootstrapServers) {
    return new ProducerSettings(
        bootstrapServers,
        TopicNames.withDefaultPrefix(),
        DEFAULT_MAX_IN_FLIGHT,
        DEFAULT_MAX_WAIT,
        Map.of());
  }

  /** These settings with another topic prefix. */
  public ProducerSettings withTopicPrefix(String prefix) {
    return new ProducerSettings(
        bootstrapServers, new TopicNames(prefix), maxInFlight, maxWait, kafkaProperties);
  }

  /** These settings with another bound on events in flight. */
  public ProducerSettings withMaxInFlight(int events) {
    return new ProducerSettings(bootstrapServers, topics, events, maxWait, kafkaProperties);
  }

  /** These settings with another patience of a send; zero refuses at once. */
  public ProducerSettings withMaxWait(Duration wait) {
    return new ProducerSettings(bootstrapServers, topics, maxInFlight, wait, kafkaProperties);
  }

  /** These settings with one more property of the Kafka producer. */
  public ProducerSettings withKafkaProperty(String name, String value) {
    Map<String, String> more = new HashMap<>(kafkaProperties);
    more.put(name, value);
    return new ProducerSettings(bootstrapServers, topics, maxInFlight, maxWait, more);
  }

  /** All properties of the Kafka producer; those of the caller win over defaults. */
  Map<String, Object> toKafkaProperties() {
    Map<String, Object> properties = new HashMap<>();
    // Events repeat names and ids; lz4 shrinks them at the least cost in time on either side.
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    // Enough to fill batches under load, unnoticed by people; said here because it differs between
    // versions of the client.
    properties.put(ProducerConfig.LINGER_MS_CONFIG, "5");
    properties.put(
        ProducerConfig.MAX_BLOCK_MS_CONFIG,
        Long.toString(Math.max(maxWait.toMillis(), LEAST_WAIT_FOR_BROKERS.toMillis())));
    properties.putAll(kafkaProperties);
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    return properties;
  }

  private static void require(Map<String, String> properties, String name, Set<String> allowed) {
    String value = properties.get(name);
    if (value != null && !allowed.contains(value.trim().toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "%s=%s would weaken delivery; it is always %s"
              .formatted(name, value, allowed.contains("all") ? "all" : "true"));
    }
  }
}
