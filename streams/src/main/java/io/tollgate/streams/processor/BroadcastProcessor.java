package io.tollgate.streams.processor;

import io.tollgate.domain.Limits;
import io.tollgate.domain.Rejection;
import io.tollgate.domain.RejectionReason;
import io.tollgate.mapping.ReferenceRecords;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.serde.EventDecodingException;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicNames;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.config.SourceOffset;
import io.tollgate.streams.state.ReferenceStore;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Checks prices and policies once, and passes what is sound on to every partition, so that account
 * tasks read them in order with their other inputs. The copy keeps the time of its source.
 */
public final class BroadcastProcessor implements Processor<byte[], byte[], byte[], SpecificRecord> {

  private final TopicNames names;
  private final Set<SourceOffset> quarantine;
  private @Nullable ProcessorContext<byte[], SpecificRecord> context;

  public BroadcastProcessor(TopicNames names, Set<SourceOffset> quarantine) {
    this.names = names;
    this.quarantine = Set.copyOf(quarantine);
  }

  @Override
  public void init(ProcessorContext<byte[], SpecificRecord> context) {
    this.context = context;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata metadata = context().recordMetadata().orElseThrow();
    TopicSpec topic = TopicCatalogue.byName(names.strip(metadata.topic())).orElseThrow();
    try {
      broadcast(topic, metadata, record);
    } catch (KafkaException e) {
      throw e; // Kafka's to handle
    } catch (RuntimeException e) {
      throw new RecordFaultException(topic.name(), metadata.partition(), metadata.offset(), e);
    }
  }

  private void broadcast(TopicSpec topic, RecordMetadata metadata, Record<byte[], byte[]> record) {
    Rejection quarantined =
        Quarantine.find(quarantine, topic.name(), metadata.partition(), metadata.offset());
    if (quarantined != null) {
      reject(topic, metadata, record, quarantined);
      return;
    }
    String model = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    if (model.isEmpty() || model.length() > Limits.NAME_CHARACTERS) {
      reject(
          topic,
          metadata,
          record,
          new Rejection(
              RejectionReason.MALFORMED,
              "the record's key is no name of a model, of 1 to %d characters"
                  .formatted(Limits.NAME_CHARACTERS)));
      return;
    }
    if (record.value() == null) {
      publish(topic, model, null, record.timestamp());
      return;
    }
    try {
      SpecificRecord published = EventCodec.decode(record.value(), topic.recordSet());
      Rejection refused = ReferenceRecords.check(published, record.key());
      if (refused == null) {
        publish(topic, model, published, record.timestamp());
      } else {
        reject(topic, metadata, record, refused);
      }
    } catch (EventDecodingException e) {
      reject(
          topic,
          metadata,
          record,
          new Rejection(RejectionReason.UNDECODABLE, String.valueOf(e.getMessage())));
    }
  }

  @SuppressWarnings("NullAway") // a tombstone has no value; Kafka's API does not say so
  private void publish(TopicSpec topic, String model, @Nullable SpecificRecord value, long time) {
    context()
        .forward(
            new Record<>(ReferenceStore.key(topic.name(), model), value, time),
            TopicCatalogue.REFERENCE.name());
  }

  private void reject(
      TopicSpec topic,
      RecordMetadata metadata,
      Record<byte[], byte[]> record,
      Rejection rejection) {
    context()
        .forward(
            RejectedRecord.of(
                rejection, topic.name(), metadata.partition(), metadata.offset(), record),
            TopicCatalogue.REJECTED_EVENTS.name());
  }

  private ProcessorContext<byte[], SpecificRecord> context() {
    return Optional.ofNullable(context).orElseThrow();
  }
}
