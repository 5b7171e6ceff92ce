package io.tollgate.cli.kafka;

import io.tollgate.cli.CommandException;
import io.tollgate.cli.Console;
import io.tollgate.cli.ExitCode;
import io.tollgate.cli.ProgressLine;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.Partitioning;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.config.TollgateConfig;
import io.tollgate.streams.state.StateStores;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads topics from their start, committed records only, as far as they go at the moment; later
 * calls go on from there. Records of one partition come in order. Methods throw {@link
 * org.apache.kafka.common.KafkaException}.
 */
public final class CommittedRecords implements AutoCloseable {

  // A broker that is there answers in milliseconds; Kafka's minute looks like a hang.
  static final int API_TIMEOUT_MS = 10_000;
  // Closing waits for the last fetch, which at a topic's end waits for more: not Kafka's 500.
  private static final int FETCH_WAIT_MS = 50;
  private static final Duration POLL = Duration.ofMillis(500);
  // A transaction that nobody ends is given up by the broker before this.
  private static final Duration STALL = Duration.ofSeconds(60);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;

  private CommittedRecords(
      KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    this.consumer = consumer;
    this.partitions = partitions;
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /**
   * All partitions of these topics.
   *
   * @throws CommandException with {@link ExitCode#TOPICS} if one does not exist
   */
  public static CommittedRecords all(TollgateConfig config, TopicSpec... topics) {
    return open(config, null, fullNames(config, topics), CommittedRecords::noTopic);
  }

  /**
   * The partition of a key in each of these topics.
   *
   * @throws CommandException with {@link ExitCode#TOPICS} if one does not exist
   */
  public static CommittedRecords ofKey(TollgateConfig config, String key, TopicSpec... topics) {
    return open(config, key, fullNames(config, topics), CommittedRecords::noTopic);
  }

  /**
   * The partition of a key in the changelog of a state store.
   *
   * @throws CommandException with {@link ExitCode#TOPICS} if no instance has made it yet
   */
  static CommittedRecords changelog(
      TollgateConfig config, String applicationId, String store, String key) {
    return open(
        config,
        key,
        List.of(StateStores.changelog(applicationId, store)),
        CommittedRecords::noState);
  }

  private static List<String> fullNames(TollgateConfig config, TopicSpec... topics) {
    return Arrays.stream(topics).map(config.topicNames()::full).toList();
  }

  /**
   * The last value of a key of a compacted topic; empty if it has none, or a tombstone.
   *
   * @throws CommandException with {@link ExitCode#TOPICS} if the topic does not exist
   */
  public static Optional<SpecificRecord> lastOf(
      TollgateConfig config, String key, TopicSpec topic) {
    byte[] wanted = key.getBytes(StandardCharsets.UTF_8);
    AtomicReference<byte @Nullable []> last = new AtomicReference<>();
    try (CommittedRecords records = ofKey(config, key, topic)) {
      records.readToEnd(
          record -> {
            if (Arrays.equals(record.key(), wanted)) {
              last.set(record.value());
            }
          });
    }
    return Optional.ofNullable(last.get())
        .map(value -> EventCodec.decode(value, topic.recordSet()));
  }

  private static CommittedRecords open(
      TollgateConfig config,
      @Nullable String key,
      List<String> topics,
      Function<String, CommandException> missing) {
    Map<String, Object> settings = new HashMap<>(config.consumer());
    settings.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MS);
    settings.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
    KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings);
    try {
      List<TopicPartition> partitions = new ArrayList<>();
      for (String topic : topics) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
          throw missing.apply(topic);
        }
        partitions.addAll(partitions(topic, found, key));
      }
      return new CommittedRecords(consumer, partitions);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  private static List<TopicPartition> partitions(
      String name, List<PartitionInfo> found, @Nullable String key) {
    return key == null
        ? found.stream().map(info -> new TopicPartition(name, info.partition())).toList()
        : List.of(new TopicPartition(name, partition(key, found.size())));
  }

  static CommandException noTopic(String name) {
    return new CommandException(
        ExitCode.TOPICS,
        "there is no topic %s; create the topics with 'tollgate topics create', or name"
                .formatted(name)
            + " the installation with --topic-prefix");
  }

  private static CommandException noState(String name) {
    return new CommandException(
        ExitCode.TOPICS,
        "there is no state %s: no instance has run yet; start one with 'tollgate run', or name the"
                .formatted(name)
            + " application with --set application.id=ID");
  }

  private static int partition(String key, int count) {
    return Partitioning.partitionOf(key.getBytes(StandardCharsets.UTF_8), count);
  }

  /** Passes over what there is already: only what comes from now on is handed over. */
  public CommittedRecords fromNowOn() {
    consumer.seekToEnd(partitions);
    // The end is looked up only when it is asked for; from here on it must not move.
    partitions.forEach(consumer::position);
    return this;
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

  /** The same, and shows how far it is. */
  public void readToEnd(Console console, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    try (ProgressLine progress = new ProgressLine(console)) {
      long total = size();
      AtomicLong done = new AtomicLong();
      readToEnd(
          record -> {
            progress.at(done.incrementAndGet(), total);
            sink.accept(record);
          });
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
