package io.tollgate.cli.kafka;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.schemas.json.IsoMillis;
import io.tollgate.schemas.lines.RecordLines;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.serde.EventDecodingException;
import io.tollgate.schemas.topics.TopicSpec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record as it stands in a topic of the catalogue.
 *
 * @param key null if it has none
 * @param value null is a tombstone, or bytes that are no record
 * @param bytes the value as it is on the wire; null is a tombstone
 * @param fault why the bytes are no record of the topic; null if they are
 */
@SuppressWarnings("ArrayRecordComponent") // as opaque as on the wire; never compared
public record TopicRecord(
    TopicSpec topic,
    int partition,
    long offset,
    Instant timestamp,
    @Nullable String key,
    @Nullable SpecificRecord value,
    byte @Nullable [] bytes,
    @Nullable String fault) {

  /** Reads a record of this topic; whatever its bytes are, there is an answer. */
  public static TopicRecord of(TopicSpec topic, ConsumerRecord<byte[], byte[]> record) {
    SpecificRecord value = null;
    String fault = null;
    if (record.value() != null) {
      try {
        value = EventCodec.decode(record.value(), topic.recordSet());
      } catch (EventDecodingException e) {
        fault = String.valueOf(e.getMessage());
      }
    }
    return new TopicRecord(
        topic,
        record.partition(),
        record.offset(),
        Instant.ofEpochMilli(record.timestamp()),
        record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8),
        value,
        record.value(),
        fault);
  }

  /** Where it is, such as {@code usage-events-3@17}. */
  public String coordinates() {
    return "%s-%d@%d".formatted(topic.name(), partition, offset);
  }

  /** In the shape of a line of {@code simulate}; what is no record shows its bytes instead. */
  public ObjectNode toJson() {
    if (fault == null) {
      return RecordLines.toJson(topic, timestamp, key, value);
    }
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("topic", topic.name());
    line.put("timestamp", IsoMillis.format(timestamp));
    line.put("key", key);
    line.put("undecodable", fault);
    line.put("bytes", bytes);
    return line;
  }
}
