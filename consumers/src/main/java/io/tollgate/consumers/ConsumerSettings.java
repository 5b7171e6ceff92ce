package io.tollgate.consumers;

import io.tollgate.schemas.topics.TopicNames;
import io.tollgate.schemas.topics.TopicSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What an {@link EventConsumer} needs to know.
 *
 * @param bootstrapServers brokers to start from, as {@code host:port,…}
 * @param group the consumer group: consumers of one group share the events, and it remembers what
 *     was handled
 * @param topics names of the installation's topics
 * @param threads how many handlers may run at once, each for another partition
 * @param retries what happens when a handler fails
 * @param deadLetterTopic full name of the topic for events that cannot be handled
 * @param drainTimeout how long handlers in flight may take to finish when the consumer closes or
 *     their partition goes to another one
 * @param kafkaProperties further properties of the Kafka consumer, such as those of security; what
 *     the producer of dead letters and the admin client know too goes to them as well
 */
public record ConsumerSettings(
    String bootstrapServers,
    String group,
    TopicNames topics,
    int threads,
    RetryPolicy retries,
    String deadLetterTopic,
    Duration drainTimeout,
    Map<String, String> kafkaProperties) {

  /** Room for the headers that a dead letter has beside the largest record that it may repeat. */
  static final int MAX_DEAD_LETTER_BYTES = TopicSpec.MAX_OUTPUT_BYTES + 64 * 1024;

  private static final Duration DEFAULT_DRAIN_TIMEOUT = Duration.ofSeconds(30);

  /** Kafka's own default. */
  private static final String DEFAULT_POLL_INTERVAL = "300000";

  private static final String READ_COMMITTED = "read_committed";

  /** Set by this class: what the bytes are, and who decides which offset is committed. */
  private static final Set<String> FIXED =
      Set.of(
          ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
          ConsumerConfig.GROUP_ID_CONFIG,
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
          ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG);

  /**
   * Copies what can change and checks all of it.
   *
   * @throws IllegalArgumentException if a property would show what is not so, or is not for the
   *     caller to set
   */
  public ConsumerSettings {
    requireText("bootstrap servers", bootstrapServers);
    requireText("the group", group);
    requireText("the dead-letter topic", deadLetterTopic);
    if (threads < 1) {
      throw new IllegalArgumentException("A consumer needs at least one thread, not " + threads);
    }
    kafkaProperties = Map.copyOf(kafkaProperties);
    requireDrainTimeout(drainTimeout, kafkaProperties);
    for (String name : kafkaProperties.keySet()) {
      if (FIXED.contains(name)) {
        throw new IllegalArgumentException(
            name + " cannot be set: which events are handed over, and when, depends on it");
      }
    }
    String isolation = kafkaProperties.get(ConsumerConfig.ISOLATION_LEVEL_CONFIG);
    if (isolation != null && !isolation.trim().toLowerCase(Locale.ROOT).equals(READ_COMMITTED)) {
      throw new IllegalArgumentException(
          "%s=%s would hand over events of aborted transactions, which never happened; it is always %s"
              .formatted(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation, READ_COMMITTED));
    }
  }

  /**
   * Settings with the default topic prefix, one thread, {@linkplain RetryPolicy#standard() standard
   * retries}, and dead letters in {@code <group>.dead-letters}. A group without offsets starts with
   * the oldest event that is kept; {@code auto.offset.reset=latest} changes that.
   */
  public static ConsumerSettings of(String bootstrapServers, String group) {
    return new ConsumerSettings(
        bootstrapServers,
        group,
        TopicNames.withDefaultPrefix(),
        1,
        RetryPolicy.standard(),
        group + ".dead-letters",
        DEFAULT_DRAIN_TIMEOUT,
        Map.of());
  }

  /** These settings with another topic prefix. */
  public ConsumerSettings withTopicPrefix(String prefix) {
    return new ConsumerSettings(
        bootstrapServers,
        group,
        new TopicNames(prefix),
        threads,
        retries,
        deadLetterTopic,
        drainTimeout,
        kafkaProperties);
  }

  /**
   * These settings with so many threads. With more than one, handlers are called at the same time
   * for different partitions and must allow it; an account's events keep their order.
   */
  public ConsumerSettings withThreads(int number) {
    return new ConsumerSettings(
        bootstrapServers,
        group,
        topics,
        number,
        retries,
        deadLetterTopic,
        drainTimeout,
        kafkaProperties);
  }

  /** These settings with another policy for failures. */
  public ConsumerSettings withRetries(RetryPolicy policy) {
    return new ConsumerSettings(
        bootstrapServers,
        group,
        topics,
        threads,
        policy,
        deadLetterTopic,
        drainTimeout,
        kafkaProperties);
  }

  /** These settings with another topic for dead letters, by its full name. */
  public ConsumerSettings withDeadLetterTopic(String topic) {
    return new ConsumerSettings(
        bootstrapServers, group, topics, threads, retries, topic, drainTimeout, kafkaProperties);
  }

  /** These settings with another time for handlers in flight to finish. */
  public ConsumerSettings withDrainTimeout(Duration timeout) {
    return new ConsumerSettings(
        bootstrapServers,
        group,
        topics,
        threads,
        retries,
        deadLetterTopic,
        timeout,
        kafkaProperties);
  }

  /** These settings with one more property of the Kafka consumer. */
  public ConsumerSettings withKafkaProperty(String name, String value) {
    Map<String, String> more = new HashMap<>(kafkaProperties);
    more.put(name, value);
    return new ConsumerSettings(
        bootstrapServers, group, topics, threads, retries, deadLetterTopic, drainTimeout, more);
  }

  /** All properties of the Kafka consumer; those of the caller win over defaults. */
  public Map<String, Object> consumerProperties() {
    Map<String, Object> properties = new HashMap<>();
    // A new group misses nothing that is still kept.
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    if (!"consumer".equals(kafkaProperties.get(ConsumerConfig.GROUP_PROTOCOL_CONFIG))) {
      // A consumer that joins or leaves interrupts only the partitions that move.
      properties.put(
          ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
          CooperativeStickyAssignor.class.getName());
    }
    properties.putAll(kafkaProperties);
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, READ_COMMITTED);
    // An offset is committed when its handler has returned, not when it was fetched.
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    // Bytes that hold no event become dead letters, so they must be at hand.
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return properties;
  }

  /** All properties of the producer of dead letters. */
  Map<String, Object> producerProperties() {
    Map<String, Object> properties = sharedProperties(ProducerConfig.configNames());
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_DEAD_LETTER_BYTES);
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return properties;
  }

  /** All properties of the client that looks for the topics. */
  Map<String, Object> adminProperties() {
    return sharedProperties(AdminClientConfig.configNames());
  }

  private Map<String, Object> sharedProperties(Set<String> known) {
    Set<String> ofConsumer = ConsumerConfig.configNames();
    Map<String, Object> properties = new HashMap<>();
    kafkaProperties.forEach(
        (name, value) -> {
          // Names that no client knows are those of plug-ins, which every client has.
          if (known.contains(name) || !ofConsumer.contains(name)) {
            properties.put(name, value);
          }
        });
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return properties;
  }

  /**
   * A rebalance waits for handlers in the thread that polls: longer, and the group goes on alone.
   */
  private static void requireDrainTimeout(Duration timeout, Map<String, String> properties) {
    String interval =
        properties.getOrDefault(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, DEFAULT_POLL_INTERVAL);
    if (timeout.isNegative() || timeout.toMillis() >= Long.parseLong(interval.trim())) {
      throw new IllegalArgumentException(
          "The drain timeout must be from 0 to less than %s (%s ms), not %s"
              .formatted(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, interval, timeout));
    }
  }

  private static void requireText(String what, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(what + " must not be empty");
    }
  }
}
