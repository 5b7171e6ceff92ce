package io.tollgate.cli.kafka;

import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.config.TollgateConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches records by their coordinates. Methods throw {@link
 * org.apache.kafka.common.KafkaException}.
 */
public final class RecordsAt implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration STALL = Duration.ofSeconds(60);
  // What lies between two wanted records is read as long as that is faster than to ask anew.
  private static final long NEAR = 5_000;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TollgateConfig config;

  /** Receives what is at an offset: null if it is not there any more. */
  @FunctionalInterface
  public interface Sink {
    void accept(long offset, @Nullable ConsumerRecord<byte[], byte[]> record);
  }

  public RecordsAt(TollgateConfig config) {
    Map<String, Object> settings = new HashMap<>(config.consumer());
    settings.putIfAbsent(
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, CommittedRecords.API_TIMEOUT_MS);
    this.consumer = new KafkaConsumer<>(settings);
    this.config = config;
  }

  /** The record at one offset; empty if it is not there any more. */
  public Optional<ConsumerRecord<byte[], byte[]>> fetch(
      TopicSpec topic, int partition, long offset) {
    AtomicReference<@Nullable ConsumerRecord<byte[], byte[]>> found = new AtomicReference<>();
    fetch(topic, partition, List.of(offset), (at, record) -> found.set(record));
    return Optional.ofNullable(found.get());
  }

  /** Hands over what is at each of these offsets, in order. */
  public void fetch(TopicSpec topic, int partition, Collection<Long> offsets, Sink sink) {
    TopicPartition source = new TopicPartition(config.topicNames().full(topic), partition);
    NavigableSet<Long> wanted = new TreeSet<>(offsets);
    if (!exists(source)) {
      passOver(wanted, Long.MAX_VALUE, sink);
      return;
    }
    consumer.assign(List.of(source));
    passOver(wanted, first(consumer.beginningOffsets(List.of(source))), sink);
    long end = first(consumer.endOffsets(List.of(source)));
    long since = System.nanoTime();
    while (!wanted.isEmpty() && wanted.first() < end) {
      seekNear(source, wanted.first());
      long before = consumer.position(source);
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        passOver(wanted, record.offset(), sink);
        if (wanted.remove(record.offset())) {
          sink.accept(record.offset(), record);
        }
      }
      passOver(wanted, consumer.position(source), sink);
      if (consumer.position(source) > before) {
        since = System.nanoTime();
      } else if (System.nanoTime() - since > STALL.toNanos()) {
        throw new TimeoutException("no records for " + STALL);
      }
    }
    passOver(wanted, Long.MAX_VALUE, sink);
  }

  private boolean exists(TopicPartition source) {
    return consumer.partitionsFor(source.topic()).stream()
        .anyMatch(info -> info.partition() == source.partition());
  }

  private static long first(Map<TopicPartition, Long> offsets) {
    return offsets.values().iterator().next();
  }

  private void seekNear(TopicPartition source, long offset) {
    long position = consumer.position(source);
    if (position > offset || offset - position > NEAR) {
      consumer.seek(source, offset);
    }
  }

  /** There is nothing at those of them that lie before this offset. */
  private static void passOver(NavigableSet<Long> wanted, long offset, Sink sink) {
    while (!wanted.isEmpty() && wanted.first() < offset) {
      sink.accept(wanted.pollFirst(), null);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
