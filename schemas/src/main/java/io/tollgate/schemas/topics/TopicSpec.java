package io.tollgate.schemas.topics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is fixed about one topic.
 *
 * @param name name without the installation's prefix
 * @param direction which way its records go
 * @param owner who writes it
 * @param description what it is for, in a sentence
 * @param key what its key is: a field of its records, or words if it is none
 * @param keyField the field of its records that is the key; null if none is
 * @param records current schemas of the types of its values
 * @param partitioning how many partitions it has
 * @param retention how long it keeps records
 * @param timestamps whose time a record bears: the append's, or the one its producer gave
 * @param extraConfigs further topic settings
 */
public record TopicSpec(
    String name,
    Direction direction,
    String owner,
    String description,
    String key,
    @Nullable String keyField,
    List<Schema> records,
    Partitioning partitioning,
    Retention retention,
    TimestampType timestamps,
    Map<String, String> extraConfigs) {

  /**
   * Bytes of the largest record that the pipeline may write. An input record has at most 1 MB; what
   * it causes repeats its ids, and a balance lists every lot, so it may be larger.
   */
  public static final int MAX_OUTPUT_BYTES = 8 * 1024 * 1024;

  /** Bytes of the largest input record: Kafka's own default, made certain. */
  public static final int MAX_INPUT_BYTES = 1_048_588;

  // With three replicas a record survives the loss of one and is written without it; with fewer,
  // asking for two would stop all writing when one is away.
  private static final int REPLICAS_FOR_QUORUM = 3;

  /** Copies what can change. */
  public TopicSpec {
    records = List.copyOf(records);
    extraConfigs = Collections.unmodifiableMap(new LinkedHashMap<>(extraConfigs));
  }

  /** The types of its values as a set, for the codec. */
  public Set<Schema> recordSet() {
    return Set.copyOf(records);
  }

  /** The type with this simple name, if it belongs here. */
  public Optional<Schema> record(String typeName) {
    return records.stream().filter(schema -> schema.getName().equals(typeName)).findFirst();
  }

  /** Simple names of the types of its values. */
  public List<String> recordNames() {
    List<String> names = new ArrayList<>();
    for (Schema schema : records) {
      names.add(schema.getName());
    }
    return names;
  }

  /** Settings that do not depend on the cluster's size. */
  public Map<String, String> configs() {
    Map<String, String> configs = new LinkedHashMap<>();
    configs.put(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        retention.isCompacted()
            ? TopicConfig.CLEANUP_POLICY_COMPACT
            : TopicConfig.CLEANUP_POLICY_DELETE);
    if (!retention.isCompacted()) {
      long millis = retention.period() == null ? -1 : retention.period().toMillis();
      configs.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(millis));
      // A limit by size would break the promise by time.
      configs.put(TopicConfig.RETENTION_BYTES_CONFIG, "-1");
    }
    configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, timestamps.name);
    configs.put(
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
        Integer.toString(direction == Direction.IN ? MAX_INPUT_BYTES : MAX_OUTPUT_BYTES));
    configs.putAll(extraConfigs);
    return configs;
  }

  /**
   * The topic as it is created.
   *
   * @param names names of the installation
   * @param accountPartitions partition count of topics of accounts
   * @param replication replicas of each partition
   */
  public NewTopic toNewTopic(TopicNames names, int accountPartitions, short replication) {
    Map<String, String> configs = new LinkedHashMap<>(configs());
    configs.put(
        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, replication >= REPLICAS_FOR_QUORUM ? "2" : "1");
    return new NewTopic(names.full(this), partitioning.count(accountPartitions), replication)
        .configs(configs);
  }
}
