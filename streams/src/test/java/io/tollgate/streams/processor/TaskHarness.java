package io.tollgate.streams.processor;

import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.fixture.Accounts;
import io.tollgate.streams.fixture.HeapStores;
import io.tollgate.streams.fixture.TopologyDriver;
import io.tollgate.streams.state.StateStores;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * An account processor of any partition, fed at any offset; its stores outlive it, so that a test
 * can start another on what the one before left behind.
 */
final class TaskHarness {

  /** A record that was forwarded, comparable. */
  record Forwarded(
      String topic, @Nullable String key, @Nullable SpecificRecord value, Instant time) {

    <T extends SpecificRecord> T as(Class<T> type) {
      return type.cast(Objects.requireNonNull(value, "a tombstone"));
    }
  }

  private final int partition;
  private final AtomicLong storeCalls = new AtomicLong();
  private final Map<String, KeyValueStore<Bytes, byte[]>> stores =
      Stream.of(
              StateStores.ACCOUNTS,
              StateStores.JOURNAL,
              StateStores.PAYMENTS,
              StateStores.REFERENCE)
          .collect(
              Collectors.toUnmodifiableMap(
                  name -> name, name -> HeapStores.counted(name, storeCalls)));
  private MockProcessorContext<byte[], SpecificRecord> context = new MockProcessorContext<>();
  private AccountProcessor processor;

  TaskHarness(TaskSettings settings, int partition) {
    this.partition = partition;
    this.processor = new AccountProcessor(settings, TaskListener.none());
    start(settings);
  }

  /** Leaves the processor alone, as a crash does, and starts another on the same stores. */
  void restart(TaskSettings settings) {
    start(settings);
  }

  private void start(TaskSettings settings) {
    MockProcessorContext<byte[], SpecificRecord> started =
        new MockProcessorContext<>(new Properties(), new TaskId(0, partition), new File("."));
    stores.values().forEach(started::addStateStore);
    context = started;
    processor = new AccountProcessor(settings, TaskListener.none());
    processor.init(started);
  }

  /** How often any of the stores was called so far. */
  long storeCalls() {
    return storeCalls.get();
  }

  KeyValueStore<Bytes, byte[]> store(String name) {
    KeyValueStore<Bytes, byte[]> store = stores.get(name);
    if (store == null) {
      throw new IllegalArgumentException("no store " + name);
    }
    return store;
  }

  /** Processes an event under its own key. */
  void process(TopicSpec topic, long offset, Instant time, SpecificRecord event) {
    byte[] key = TopologyDriver.utf8(TopologyDriver.keyOf(topic, event));
    process(topic, offset, time, key, EventCodec.encode(event));
  }

  @SuppressWarnings("NullAway") // keys and values may be null; Kafka's API does not say so
  void process(
      TopicSpec topic, long offset, Instant time, byte @Nullable [] key, byte @Nullable [] value) {
    context.setRecordMetadata(Accounts.NAMES.full(topic), partition, offset);
    processor.process(new Record<>(key, value, time.toEpochMilli()));
  }

  void tick(long offset, Instant time) {
    process(TopicCatalogue.CLOCK, offset, time, null, new byte[0]);
  }

  /** What was forwarded since the last call. */
  List<Forwarded> forwarded() {
    List<Forwarded> all = new ArrayList<>();
    for (CapturedForward<? extends byte[], ? extends SpecificRecord> forward :
        context.forwarded()) {
      Record<? extends byte[], ? extends SpecificRecord> record = forward.record();
      byte[] key = record.key();
      all.add(
          new Forwarded(
              forward.childName().orElseThrow(),
              key == null ? null : new String(key, StandardCharsets.UTF_8),
              record.value(),
              Instant.ofEpochMilli(record.timestamp())));
    }
    forgetForwarded();
    return all;
  }

  /** Drops what was forwarded so far unseen: of very many records. */
  void forgetForwarded() {
    context.resetForwards();
  }

  /** The values forwarded to a topic since the last call of any. */
  <T extends SpecificRecord> List<T> forwarded(TopicSpec topic, Class<T> type) {
    return forwarded().stream()
        .filter(record -> record.topic().equals(topic.name()))
        .map(record -> type.cast(record.value()))
        .toList();
  }
}
