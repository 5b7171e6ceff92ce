package io.tollgate.cli.kafka;

import io.tollgate.cli.CommandException;
import io.tollgate.cli.ExitCode;
import io.tollgate.schemas.topics.Partitioning;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.config.TollgateConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a topic from its start, committed records only, as far as it goes at the moment; later
 * calls go on from there. Methods throw {@link org.apache.kafka.common.KafkaException}.
 */
public final class CommittedTopic implements AutoCloseable {

  // A broker that is there answers in milliseconds; Kafka's minute looks like a hang.
  private static final int API_TIMEOUT_MS = 10_000;
  private static final Duration POLL = Duration.ofMillis(500);
  // A transaction that nobody ends is given up by the broker before this.
  private static final Duration STALL = Duration.ofSeconds(60);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;

  private CommittedTopic(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    this.consumer = consumer;
    this.partitions = partitions;
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /**
   * All partitions of a topic.
   *
   * @throws CommandException with {@link ExitCode#TOPICS} if it does not exist
   */
  public static CommittedTopic all(TollgateConfig config, TopicSpec topic) {
    return open(config, topic, null);
  }

  /**
   * The partition of a key.
   *
   * @throws CommandException with {@link ExitCode#TOPICS} if the topic does not exist
   */
  public static CommittedTopic ofKey(TollgateConfig config, TopicSpec topic, String key) {
    return open(config, topic, key);
  }

  private static CommittedTopic open(TollgateConfig config, TopicSpec topic, @Nullable String key) {
    Map<String, Object> settings = new HashMap<>(config.consumer());
    settings.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MS);
    KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings);
    try {
      String name = config.topicNames().full(topic);
      List<PartitionInfo> found = consumer.partitionsFor(name);
      if (found == null || found.isEmpty()) {
        throw new CommandException(
            ExitCode.TOPICS,
            "there is no topic %s; create the topics with 'tollgate topics create', or name"
                    .formatted(name)
                + " the installation with --topic-prefix");
      }
      return new CommittedTopic(
          consumer,
          key == null
              ? found.stream().map(info -> new TopicPartition(name, info.partition())).toList()
              : List.of(new TopicPartition(name, partition(key, found.size()))));
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  private static int partition(String key, int count) {
    return Partitioning.partitionOf(key.getBytes(StandardCharsets.UTF_8), count);
  }

  /** Hands over every record from where the last call ended to the present end of the topic. */
  public void readToEnd(Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    long since = System.nanoTime();
    long before = -1;
    for (long left = left(ends); left > 0; left = left(ends)) {
      if (left != before) {
        before = left;
        since = System.nanoTime();
      } else if (System.nanoTime() - since > STALL.toNanos()) {
        throw new TimeoutException("no records for " + STALL);
      }
      consumer.poll(POLL).forEach(sink);
    }
  }

  /** Waits a moment for more, and hands over what comes. */
  public void awaitMore(Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    consumer.poll(POLL).forEach(sink);
  }

  /** Offsets from the start to the present end, of all partitions. */
  public long size() {
    Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
    return consumer.endOffsets(partitions).entrySet().stream()
        .mapToLong(end -> end.getValue() - starts.getOrDefault(end.getKey(), 0L))
        .sum();
  }

  private long left(Map<TopicPartition, Long> ends) {
    long left = 0;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      left += Math.max(0, end.getValue() - consumer.position(end.getKey()));
    }
    return left;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
