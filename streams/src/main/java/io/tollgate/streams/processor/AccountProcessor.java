package io.tollgate.streams.processor;

import static java.util.Objects.requireNonNull;

import io.tollgate.domain.Rejection;
import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.account.Arrival;
import io.tollgate.domain.effect.Effect;
import io.tollgate.domain.event.AccountEvent;
import io.tollgate.mapping.EffectMapper;
import io.tollgate.mapping.EventMapper;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.serde.EventDecodingException;
import io.tollgate.schemas.topics.Partitioning;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.streams.state.Input;
import io.tollgate.streams.state.OffsetsWentBackException;
import io.tollgate.streams.state.TaskStores;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The account processor: every input of a partition goes through here, in the order that the
 * account's ledger then tells. It reads and checks; {@link AccountTask} decides and stores; what
 * comes of it is forwarded to the sink named like its topic.
 */
public final class AccountProcessor implements Processor<byte[], byte[], byte[], SpecificRecord> {

  private static final Map<Input, Set<Schema>> RECORDS =
      Arrays.stream(Input.values())
          .collect(
              Collectors.toUnmodifiableMap(input -> input, input -> input.topic().recordSet()));

  private static final Rejection NO_VALUE =
      new Rejection(RejectionReason.MALFORMED, "the record has no value; events have one");

  private final TaskSettings settings;
  private final TaskListener listener;

  private @Nullable ProcessorContext<byte[], SpecificRecord> context;
  private @Nullable AccountTask task;
  private @Nullable TaskMetrics metrics;

  AccountProcessor(TaskSettings settings, TaskListener listener) {
    this.settings = settings;
    this.listener = listener;
  }

  @Override
  public void init(ProcessorContext<byte[], SpecificRecord> context) {
    this.context = context;
    this.metrics = new TaskMetrics(context);
    this.task =
        new AccountTask(
            settings.rules(),
            new TaskStores(name -> store(context, name), settings.partitions()),
            this::emit);
    listener.started(context.taskId().partition(), task);
  }

  private static KeyValueStore<Bytes, byte[]> store(ProcessorContext<?, ?> context, String name) {
    return context.getStateStore(name);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata metadata = context().recordMetadata().orElseThrow();
    String topic = settings.names().strip(metadata.topic());
    Arrival arrival =
        task().arrival(topic, metadata.partition(), metadata.offset(), record.timestamp());
    try {
      process(record, arrival);
    } catch (KafkaException | OffsetsWentBackException e) {
      throw e; // says itself what to do, or is Kafka's to handle
    } catch (RuntimeException e) {
      throw new RecordFaultException(topic, metadata.partition(), metadata.offset(), e);
    }
  }

  @Override
  public void close() {
    metrics().close();
  }

  private void process(Record<byte[], byte[]> record, Arrival arrival) {
    String topic = arrival.topic();
    Input input = Input.ofTopic(topic);
    Rejection quarantined = quarantined(arrival);
    if (input != null) {
      process(input, record, arrival, quarantined);
    } else if (quarantined != null) {
      reject(record, arrival, quarantined);
    } else if (topic.equals(TopicCatalogue.CLOCK.name())) {
      task().advanceTo(record.timestamp(), arrival, settings.deadlinesPerTick());
      metrics().ticked(record.timestamp());
    } else if (topic.equals(TopicCatalogue.REFERENCE.name())) {
      task().reference().put(record.key(), record.value());
    }
  }

  private void process(
      Input input,
      Record<byte[], byte[]> record,
      Arrival arrival,
      @Nullable Rejection quarantined) {
    task().guard(input, arrival.partition(), arrival.offset());
    Outcome outcome =
        quarantined == null ? outcome(input, record, arrival) : refuse(input, arrival, quarantined);
    metrics().count(outcome);
    if (outcome instanceof Outcome.Refused refused) {
      reject(record, arrival, refused.rejection());
    }
  }

  private void reject(Record<byte[], byte[]> record, Arrival arrival, Rejection rejection) {
    context()
        .forward(
            RejectedRecord.of(
                rejection, arrival.topic(), arrival.partition(), arrival.offset(), record),
            TopicCatalogue.REJECTED_EVENTS.name());
  }

  private Outcome outcome(Input input, Record<byte[], byte[]> record, Arrival arrival) {
    if (record.value() == null) {
      return refuse(input, arrival, NO_VALUE);
    }
    AccountEvent event;
    try {
      // Every record of an input has rules; one without would be a fault of ours.
      event =
          EventMapper.accountEvent(
                  EventCodec.decode(record.value(), requireNonNull(RECORDS.get(input))))
              .orElseThrow();
    } catch (EventDecodingException e) {
      return refuse(
          input,
          arrival,
          new Rejection(RejectionReason.UNDECODABLE, String.valueOf(e.getMessage())));
    }
    Rejection misrouted = misrouted(event, record.key(), arrival.partition());
    return misrouted == null
        ? task().apply(input, event, arrival)
        : refuse(input, arrival, misrouted);
  }

  private Outcome refuse(Input input, Arrival arrival, Rejection rejection) {
    task().skip(input, arrival.offset());
    return new Outcome.Refused(rejection);
  }

  private @Nullable Rejection quarantined(Arrival arrival) {
    return Quarantine.find(
        settings.quarantine(), arrival.topic(), arrival.partition(), arrival.offset());
  }

  private @Nullable Rejection misrouted(AccountEvent event, byte @Nullable [] key, int partition) {
    byte[] expected = event.accountId().getBytes(StandardCharsets.UTF_8);
    if (expected.length == 0) {
      return null; // malformed; the rules say so
    }
    if (key == null || !Arrays.equals(key, expected)) {
      return new Rejection(
          RejectionReason.MISROUTED, "the record's key is not its accountId; key records by it");
    }
    int home = Partitioning.partitionOf(key, settings.partitions());
    return home == partition
        ? null
        : new Rejection(
            RejectionReason.MISROUTED,
            "the account's partition is %d, not %d; use the murmur2 partitioner of Kafka's Java client"
                .formatted(home, partition));
  }

  @SuppressWarnings("NullAway") // a tombstone has no value; Kafka's API does not say so
  private void emit(Effect effect, long time) {
    metrics().count(effect);
    byte[] key = EffectMapper.key(effect).getBytes(StandardCharsets.UTF_8);
    context()
        .forward(
            new Record<>(key, EffectMapper.record(effect), time),
            EffectMapper.topic(effect).name());
  }

  private ProcessorContext<byte[], SpecificRecord> context() {
    return Optional.ofNullable(context).orElseThrow();
  }

  private AccountTask task() {
    return Optional.ofNullable(task).orElseThrow();
  }

  private TaskMetrics metrics() {
    return Optional.ofNullable(metrics).orElseThrow();
  }
}
