package io.tollgate.streams.app;

import static io.tollgate.schemas.topics.TopicCatalogue.ACCESS_POLICIES;
import static io.tollgate.schemas.topics.TopicCatalogue.PRICE_BOOK;

import io.tollgate.schemas.topics.TopicNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until the registry has passed on all prices and policies that were published by now, so
 * that accounts never start with fewer than were there before.
 */
final class ReferenceCatchUp {

  private static final Logger LOG = LoggerFactory.getLogger(ReferenceCatchUp.class);

  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration REPORT = Duration.ofSeconds(10);

  private final Admin admin;
  private final Map<String, Object> consumerConfig;
  private final List<TopicPartition> partitions;
  private final String registryGroup;

  /**
   * A wait that has not begun.
   *
   * @param consumerConfig of a consumer that reads committed records
   */
  ReferenceCatchUp(
      Admin admin, Map<String, Object> consumerConfig, TopicNames names, String registryGroup) {
    this.admin = admin;
    this.consumerConfig = consumerConfig;
    this.partitions =
        Stream.of(PRICE_BOOK, ACCESS_POLICIES)
            .map(topic -> new TopicPartition(names.full(topic), 0))
            .toList();
    this.registryGroup = registryGroup;
  }

  /** Returns early, and false, if it is no longer wanted. */
  boolean await(BooleanSupplier wanted) throws InterruptedException, ExecutionException {
    Map<TopicPartition, Long> targets = targets(committed());
    long reportAt = System.nanoTime() + REPORT.toNanos();
    while (!reached(targets, committed())) {
      if (!wanted.getAsBoolean()) {
        return false;
      }
      if (System.nanoTime() - reportAt > 0) {
        LOG.warn("Waiting for the registry to pass on prices and policies up to {}", targets);
        reportAt = System.nanoTime() + REPORT.toNanos();
      }
      Thread.sleep(POLL.toMillis());
    }
    return true;
  }

  /**
   * The offset behind the last record that the registry has not committed yet. Records, not the end
   * of the log: markers of transactions behind the last record are never committed.
   */
  private Map<TopicPartition, Long> targets(Map<TopicPartition, OffsetAndMetadata> committed) {
    Map<TopicPartition, Long> targets = new HashMap<>();
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            consumerConfig, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      committed.forEach(
          (partition, offset) -> {
            if (partitions.contains(partition) && offset != null) {
              consumer.seek(partition, offset.offset());
            }
          });
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (behind(consumer, ends)) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          targets.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        }
      }
    }
    return targets;
  }

  private static boolean behind(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
    Set<TopicPartition> assigned = consumer.assignment();
    return assigned.stream()
        .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L));
  }

  private Map<TopicPartition, OffsetAndMetadata> committed()
      throws InterruptedException, ExecutionException {
    return admin.listConsumerGroupOffsets(registryGroup).partitionsToOffsetAndMetadata().get();
  }

  private static boolean reached(
      Map<TopicPartition, Long> targets, Map<TopicPartition, OffsetAndMetadata> committed) {
    return targets.entrySet().stream()
        .allMatch(
            target -> {
              OffsetAndMetadata offset = committed.get(target.getKey());
              return offset != null && offset.offset() >= target.getValue();
            });
  }
}
