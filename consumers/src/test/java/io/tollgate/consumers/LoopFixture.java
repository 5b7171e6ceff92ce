package io.tollgate.consumers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.TopicNames;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A loop without Kafka, threads and clock: handlers run and time passes when a test says so. */
final class LoopFixture {

  static final TopicPartition P0 = new TopicPartition("tollgate.balance-alerts", 0);
  static final TopicPartition P1 = new TopicPartition("tollgate.balance-alerts", 1);

  static final RetryPolicy RETRIES =
      new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(10));

  final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  final Tasks tasks = new Tasks();
  final Handlers handlers = new Handlers(TopicNames.withDefaultPrefix());
  final Counters counters = new Counters();
  final ConsumerLoop loop;
  private final long[] nextOffset = new long[2];

  LoopFixture(MockProducer<byte[], byte[]> letters) {
    Dispatcher dispatcher =
        new Dispatcher(
            handlers,
            new DeadLetters(letters, "letters", "billing"),
            RETRIES,
            new SplittableRandom(1),
            counters);
    loop = new ConsumerLoop(consumer, faults -> new Lane(dispatcher, tasks, faults), Duration.ZERO);
  }

  static MockProducer<byte[], byte[]> producer() {
    return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Subscribes, with these partitions from their start. */
  void assign(TopicPartition... partitions) {
    loop.subscribe(handlers.topics());
    rebalance(partitions);
    consumer.updateBeginningOffsets(
        Arrays.stream(partitions).collect(Collectors.toMap(p -> p, p -> 0L)));
    consumer.updateEndOffsets(Arrays.stream(partitions).collect(Collectors.toMap(p -> p, p -> 0L)));
  }

  void rebalance(TopicPartition... partitions) {
    consumer.rebalance(List.of(partitions));
  }

  void add(TopicPartition partition, String account, SpecificRecord event) {
    add(partition, account, EventCodec.encode(event));
  }

  void add(TopicPartition partition, String account, byte @Nullable [] value) {
    long offset = nextOffset[partition.partition()]++;
    consumer.addRecord(
        new ConsumerRecord<>(
            partition.topic(), partition.partition(), offset, account.getBytes(UTF_8), value));
    consumer.updateEndOffsets(Map.of(partition, offset + 1));
  }

  /** Rounds of the loop, with all handlers run in between, until nothing is due. */
  void run() {
    do {
      loop.pass();
      tasks.runAll();
    } while (tasks.isDue());
    loop.pass();
  }

  OptionalLong committed(TopicPartition partition) {
    OffsetAndMetadata committed = consumer.committed(Set.of(partition)).get(partition);
    return committed == null ? OptionalLong.empty() : OptionalLong.of(committed.offset());
  }
}
