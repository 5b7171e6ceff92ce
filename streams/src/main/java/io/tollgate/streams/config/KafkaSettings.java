package io.tollgate.streams.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Settings that go through to Kafka's clients, and those that may not: what the books rest on.
 *
 * <p>A name that resembles a setting of Kafka is taken for a slip; any other may belong to a
 * plug-in, such as a login handler, and goes through.
 */
final class KafkaSettings {

  /** What pass-through settings start with. */
  static final String PREFIX = "kafka.";

  /** By these, Streams tells its clients apart. */
  private static final List<String> CLIENT_PREFIXES =
      List.of(
          StreamsConfig.MAIN_CONSUMER_PREFIX,
          StreamsConfig.RESTORE_CONSUMER_PREFIX,
          StreamsConfig.GLOBAL_CONSUMER_PREFIX,
          StreamsConfig.CONSUMER_PREFIX,
          StreamsConfig.PRODUCER_PREFIX,
          StreamsConfig.ADMIN_CLIENT_PREFIX);

  /** What must be so for the books to be right, and is set already. */
  private static final Map<String, String> FIXED =
      Map.ofEntries(
          // The books.
          Map.entry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2),
          Map.entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
          Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false"),
          Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true"),
          Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
          // Starting at the end would skip payments.
          Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
          // Topics come from the catalogue only.
          Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false"),
          Map.entry(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, "0"),
          Map.entry(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true"),
          // The other protocols take session timeout and standbys from the broker, not from here.
          Map.entry(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic"));

  /** What only the program can know. */
  private static final Set<String> OWNED =
      Set.of(
          ProducerConfig.TRANSACTIONAL_ID_CONFIG,
          ConsumerConfig.GROUP_ID_CONFIG,
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
          StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG,
          StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG,
          // Another partitioner would give one account two balances.
          ProducerConfig.PARTITIONER_CLASS_CONFIG,
          ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
          // Time is that of the record.
          StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG,
          // Handlers that go on after a fault of ours would lose money without a word.
          StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
          "default.deserialization.exception.handler",
          StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
          "default.production.exception.handler",
          StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
          // Names of nodes and stores are a contract.
          StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG,
          StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG,
          // An older name of a setting that is ours.
          "cache.max.bytes.buffering");

  /**
   * Settings of the topics that Streams creates: changelogs, whose records must stay. Those of the
   * catalogue are set on the topics themselves.
   */
  private static final List<String> REMOVING_RECORDS =
      List.of(
          StreamsConfig.topicPrefix(TopicConfig.CLEANUP_POLICY_CONFIG),
          StreamsConfig.topicPrefix("retention."));

  private static final Set<String> KNOWN = known();

  private final Map<String, Object> settings;

  /**
   * Checks what is to go through.
   *
   * @param settings by Kafka's names, without {@link #PREFIX}
   * @param own names of our own settings, some of which Kafka knows too
   */
  KafkaSettings(Map<String, Object> settings, Set<String> own) {
    Map<String, Object> accepted = new HashMap<>();
    settings.forEach(
        (name, value) -> {
          check(name, value, own);
          accepted.put(name, value);
        });
    this.settings = Map.copyOf(accepted);
  }

  /** Kafka's names that match a name in which dots, hyphens and underscores are the same. */
  static Optional<String> byEnvironmentName(String name) {
    for (String prefix : CLIENT_PREFIXES) {
      if (name.startsWith(ConfigKeys.environmentName(prefix))) {
        return byEnvironmentName(name.substring(prefix.length())).map(prefix::concat);
      }
    }
    return KNOWN.stream().filter(known -> ConfigKeys.environmentName(known).equals(name)).findAny();
  }

  /** Everything, for a Streams client, which hands it on by prefix. */
  Map<String, Object> streams() {
    return settings;
  }

  Map<String, Object> admin() {
    return client(StreamsConfig.ADMIN_CLIENT_PREFIX, AdminClientConfig.configNames());
  }

  Map<String, Object> consumer() {
    return client(StreamsConfig.CONSUMER_PREFIX, ConsumerConfig.configNames());
  }

  Map<String, Object> producer() {
    return client(StreamsConfig.PRODUCER_PREFIX, ProducerConfig.configNames());
  }

  private Map<String, Object> client(String prefix, Set<String> names) {
    Map<String, Object> own = new HashMap<>();
    settings.forEach(
        (name, value) -> {
          if (bare(name).equals(name) && (names.contains(name) || !KNOWN.contains(name))) {
            own.put(name, value);
          }
        });
    settings.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            own.put(name.substring(prefix.length()), value);
          }
        });
    return own;
  }

  // Values are never printed: they may be secrets.
  private static void check(String name, Object value, Set<String> own) {
    String bare = bare(name);
    String key = PREFIX + name;
    if (own.contains(bare)) {
      throw new ConfigException("%s: set %s, which governs it".formatted(key, bare));
    }
    if (OWNED.contains(bare)) {
      throw new ConfigException("%s cannot be set: the books depend on it".formatted(key));
    }
    if (REMOVING_RECORDS.stream().anyMatch(bare::startsWith)) {
      throw new ConfigException(
          "%s cannot be set: it would remove balances from the changelogs".formatted(key));
    }
    String required = FIXED.get(bare);
    if (required != null && !required.equals(value)) {
      throw new ConfigException(
          "%s can only be %s: the books depend on it".formatted(key, required));
    }
    if (!KNOWN.contains(bare) && !bare.startsWith(StreamsConfig.TOPIC_PREFIX)) {
      Optional<String> meant = ConfigKeys.resembling(bare, KNOWN);
      if (meant.isPresent()) {
        throw new ConfigException(
            "%s is no setting of Kafka; did you mean %s%s?"
                .formatted(
                    key, key.substring(0, key.length() - bare.length()), meant.orElseThrow()));
      }
    }
  }

  private static String bare(String name) {
    for (String prefix : CLIENT_PREFIXES) {
      if (name.startsWith(prefix)) {
        return name.substring(prefix.length());
      }
    }
    return name;
  }

  private static Set<String> known() {
    Set<String> known = new TreeSet<>(new HashSet<>(StreamsConfig.configDef().names()));
    for (Collection<String> names :
        Arrays.<Collection<String>>asList(
            ConsumerConfig.configNames(),
            ProducerConfig.configNames(),
            AdminClientConfig.configNames())) {
      known.addAll(names);
    }
    return known;
  }
}
