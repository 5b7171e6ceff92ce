package io.tollgate.streams.config;

import io.tollgate.domain.RuleSettings;
import io.tollgate.schemas.topics.TopicNames;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.state.BoundedRocksDb;
import io.tollgate.streams.state.StateBackend;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Every setting of an installation, typed and checked, and what the clients of Kafka make of it.
 *
 * <p>Durations are ISO 8601 ({@code PT1H}) or milliseconds, amounts are units of the account's
 * currency ({@code 0.25}). A name that starts with {@code kafka.} goes through to Kafka's clients.
 */
public final class TollgateConfig extends AbstractConfig {

  public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
  public static final String TOPIC_PREFIX = "topic.prefix";
  public static final String APPLICATION_ID = "application.id";
  public static final String STATE_DIR = "state.dir";
  public static final String STATE_BACKEND = "state.backend";
  public static final String NUM_STANDBY_REPLICAS = "num.standby.replicas";
  public static final String NUM_STREAM_THREADS = "num.stream.threads";
  public static final String COMMIT_INTERVAL = "commit.interval.ms";
  public static final String SESSION_TIMEOUT = "session.timeout.ms";
  public static final String TRANSACTION_TIMEOUT = "transaction.timeout.ms";
  public static final String PROBING_REBALANCE_INTERVAL = "probing.rebalance.interval.ms";
  public static final String CACHE_MAX_BYTES = "statestore.cache.max.bytes";
  public static final String ALERT_LEVELS = "alert.levels";
  public static final String OVERDRAFT_LIMIT = "overdraft.limit";
  public static final String MINIMUM_PURCHASE = "minimum.purchase";
  public static final String LATE_USAGE_GRACE = "expiry.late-usage-grace";
  public static final String BALANCE_PUBLISH_INTERVAL = "balance.publish.interval";
  public static final String RECHARGE_RESEND_INTERVAL = "recharge.resend.interval";
  public static final String DECLINES_FILE = "declines.file";
  public static final String USAGE_HORIZON = "usage.horizon";
  public static final String USAGE_FUTURE_TOLERANCE = "usage.future-tolerance";
  public static final String USAGE_RATE = "usage.rate.per.partition";
  public static final String USAGE_MEMORY = "usage.memory.per.partition";
  public static final String QUARANTINE = "quarantine";
  public static final String HTTP_LISTENER = "http.listener";

  private static final String REGISTRY_SUFFIX = "-registry";

  // Streams fills a transaction for 100 ms. With Kafka's 100 ms in Streams, all of it would be
  // sent at the commit; with 10, most is on the broker by then, in batches that still compress.
  private static final String LINGER_MS = "10";

  // Entries of a batch repeat ids and names; lz4 finds that with little work.
  private static final String COMPRESSION = "lz4";

  // Kafka's default; three heartbeats must fit in a session.
  private static final long MAX_HEARTBEAT_MS = 3000;

  private final KafkaSettings kafka;

  /**
   * Settings from values by name; what is missing has its default.
   *
   * @throws ConfigException in one line, if a value is not allowed, does not go with the others, or
   *     would weaken a guarantee
   */
  public TollgateConfig(Map<String, ?> values) {
    super(SettingDefinitions.ALL, values, false);
    kafka =
        new KafkaSettings(
            originalsWithPrefix(KafkaSettings.PREFIX), SettingDefinitions.ALL.names());
    requireTransactionsToOutliveCommits();
    requireMemoryForUsage();
  }

  public TopicNames topicNames() {
    return new TopicNames(getString(TOPIC_PREFIX));
  }

  public String bootstrapServers() {
    return String.join(",", getList(BOOTSTRAP_SERVERS));
  }

  /** Application id, and so consumer group, of the account topology. */
  public String applicationId() {
    return getString(APPLICATION_ID);
  }

  /** Application id, and so consumer group, of the registry. */
  public String registryApplicationId() {
    return applicationId() + REGISTRY_SUFFIX;
  }

  public Path stateDirectory() {
    return Path.of(getString(STATE_DIR));
  }

  public StateBackend stateBackend() {
    return StateBackend.valueOf(getString(STATE_BACKEND).toUpperCase(Locale.ROOT));
  }

  /** Records to pass over. */
  public Set<SourceOffset> quarantine() {
    return getList(QUARANTINE).stream()
        .map(SourceOffset::parse)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Where health and metrics are served; empty if nowhere. */
  public Optional<InetSocketAddress> httpListener() {
    String listener = getString(HTTP_LISTENER);
    int colon = listener.lastIndexOf(':');
    return listener.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new InetSocketAddress(
                listener.substring(0, colon), Integer.parseInt(listener.substring(colon + 1))));
  }

  /** The numbers of the rules, and the codes of declines. */
  public RuleSettings rules() {
    return new RuleSettings(
        getList(ALERT_LEVELS).stream()
            .map(Settings::nanos)
            .sorted(Comparator.reverseOrder())
            .toList(),
        Settings.nanos(getString(OVERDRAFT_LIMIT)),
        Settings.nanos(getString(MINIMUM_PURCHASE)),
        millis(LATE_USAGE_GRACE),
        millis(BALANCE_PUBLISH_INTERVAL),
        millis(USAGE_HORIZON),
        millis(USAGE_FUTURE_TOLERANCE),
        millis(RECHARGE_RESEND_INTERVAL),
        Settings.declines(getString(DECLINES_FILE)));
  }

  /** Properties of the Streams client that runs the account topology. */
  public Properties accountStreams() {
    return streams(applicationId(), getInt(NUM_STREAM_THREADS));
  }

  /** Properties of the Streams client that runs the registry. */
  public Properties registryStreams() {
    // Prices, policies and claims are few, and their order matters more than their speed.
    return streams(registryApplicationId(), 1);
  }

  /** Settings of an admin client. */
  public Map<String, Object> adminClient() {
    Map<String, Object> settings = kafka.admin();
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers());
    return settings;
  }

  /** Settings of a consumer of bytes that sees committed records only; it has no group. */
  public Map<String, Object> consumer() {
    Map<String, Object> settings = kafka.consumer();
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers());
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return settings;
  }

  /** Settings of a producer of bytes that loses and repeats nothing. */
  public Map<String, Object> producer() {
    Map<String, Object> settings = kafka.producer();
    settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
    settings.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, COMPRESSION);
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers());
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return settings;
  }

  /** What is set, by name, as it may be shown: secrets are hidden. */
  public SortedMap<String, String> printable() {
    SortedMap<String, String> printable = new TreeMap<>();
    for (Map.Entry<String, ?> value : values().entrySet()) {
      Object shown = value.getValue();
      printable.put(
          value.getKey(),
          shown instanceof List<?> list
              ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
              : String.valueOf(shown));
    }
    kafka
        .streams()
        .forEach(
            (name, value) ->
                printable.put(
                    KafkaSettings.PREFIX + name,
                    ConfigKeys.isSecret(name) ? "[hidden]" : String.valueOf(value)));
    return printable;
  }

  private Properties streams(String applicationId, int threads) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), LINGER_MS);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), COMPRESSION);
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        TopicSpec.MAX_OUTPUT_BYTES);
    settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
    // DEBUG would measure every record in every node and store.
    settings.put(
        StreamsConfig.METRICS_RECORDING_LEVEL_CONFIG, Sensor.RecordingLevel.INFO.toString());
    settings.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
        Long.toString(Math.min(MAX_HEARTBEAT_MS, millis(SESSION_TIMEOUT) / 3)));
    overrideBy(kafka.streams(), settings);
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers());
    settings.put(StreamsConfig.STATE_DIR_CONFIG, getString(STATE_DIR));
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, getInt(NUM_STANDBY_REPLICAS));
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, millis(COMMIT_INTERVAL));
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, getLong(CACHE_MAX_BYTES));
    settings.put(
        StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, millis(PROBING_REBALANCE_INTERVAL));
    // Nothing depends on an order between inputs, so nothing is gained by waiting for one.
    settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, 0L);
    settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    settings.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
        Math.toIntExact(millis(SESSION_TIMEOUT)));
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        Math.toIntExact(millis(TRANSACTION_TIMEOUT)));
    Properties properties = new Properties();
    properties.putAll(settings);
    return properties;
  }

  /** A setting for all clients also replaces the one that is ours for one kind of them. */
  private static void overrideBy(Map<String, Object> overrides, Map<String, Object> settings) {
    overrides
        .keySet()
        .forEach(
            name -> {
              settings.remove(StreamsConfig.producerPrefix(name));
              settings.remove(StreamsConfig.consumerPrefix(name));
            });
    settings.putAll(overrides);
  }

  private long millis(String key) {
    return Settings.duration(getString(key)).toMillis();
  }

  private void requireTransactionsToOutliveCommits() {
    if (millis(TRANSACTION_TIMEOUT) <= millis(COMMIT_INTERVAL)) {
      throw new ConflictingSettingsException(
          List.of(TRANSACTION_TIMEOUT, COMMIT_INTERVAL),
          "%s=%s must be longer than %s=%s, or the broker gives up every transaction before it is"
                  .formatted(
                      TRANSACTION_TIMEOUT,
                      getString(TRANSACTION_TIMEOUT),
                      COMMIT_INTERVAL,
                      getString(COMMIT_INTERVAL))
              + " committed");
    }
  }

  private void requireMemoryForUsage() {
    UsageCapacity capacity =
        new UsageCapacity(getLong(USAGE_RATE), Settings.duration(getString(USAGE_HORIZON)));
    List<String> keys = List.of(USAGE_RATE, USAGE_HORIZON, USAGE_MEMORY);
    String demand =
        "%s=%d over %s=%s is %,d events to remember"
            .formatted(
                USAGE_RATE,
                capacity.ratePerSecond(),
                USAGE_HORIZON,
                getString(USAGE_HORIZON),
                capacity.events());
    if (capacity.events() > UsageCapacity.MAX_EVENTS) {
      throw new ConflictingSettingsException(
          keys,
          "%s, but one partition can remember %,d: spread the accounts over more partitions or"
                  .formatted(demand, UsageCapacity.MAX_EVENTS)
              + " shorten the horizon");
    }
    if (capacity.bytes() > getLong(USAGE_MEMORY)) {
      throw new ConflictingSettingsException(
          keys,
          "%s, which takes %,d bytes, but %s allows %,d: allow more, or spread the accounts over"
                  .formatted(demand, capacity.bytes(), USAGE_MEMORY, getLong(USAGE_MEMORY))
              + " more partitions");
    }
  }
}
