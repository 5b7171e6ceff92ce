package io.tollgate.sandbox.demo;

import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.config.TollgateConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/** A thread that hands over the committed records of some topics, from their start on. */
final class PollLoop implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final Consumer<List<ConsumerRecord<byte[], byte[]>>> handler;
  private final Thread thread;
  private volatile Map<TopicPartition, Long> positions = Map.of();
  private volatile @Nullable RuntimeException failure;
  private volatile boolean closed;

  PollLoop(
      String name,
      TollgateConfig config,
      List<TopicSpec> topics,
      Consumer<List<ConsumerRecord<byte[], byte[]>>> handler) {
    this.consumer = new KafkaConsumer<>(config.consumer());
    this.handler = handler;
    this.partitions =
        topics.stream()
            .map(config.topicNames()::full)
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /**
   * Whether all records before these offsets were handled.
   *
   * @throws RuntimeException what ended the loop, if something did
   */
  boolean hasReached(Map<TopicPartition, Long> ends) {
    RuntimeException ended = failure;
    if (ended != null) {
      throw ended;
    }
    Map<TopicPartition, Long> now = positions;
    return ends.entrySet().stream()
        .allMatch(end -> now.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }

  private void run() {
    try (consumer) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!closed) {
        poll();
      }
    } catch (WakeupException e) {
      // Closed while it waited.
      return;
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void poll() {
    ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(polled.count());
    polled.forEach(records::add);
    if (!records.isEmpty()) {
      handler.accept(records);
    }
    // Positions also pass the marks of transactions, which are no records.
    Map<TopicPartition, Long> reached = new HashMap<>();
    for (TopicPartition partition : partitions) {
      reached.put(partition, consumer.position(partition));
    }
    positions = Map.copyOf(reached);
  }

  @Override
  public void close() {
    closed = true;
    if (thread.getState() == Thread.State.NEW) {
      consumer.close();
      return;
    }
    consumer.wakeup();
    try {
      thread.join(Duration.ofSeconds(10).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
