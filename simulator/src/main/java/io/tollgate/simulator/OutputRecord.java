package io.tollgate.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.schemas.lines.RecordLines;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.TopicSpec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record that the pipeline wrote.
 *
 * @param keyBytes the key as written
 * @param value null is a tombstone
 */
@SuppressWarnings("ArrayRecordComponent") // as opaque as on the wire; never compared
public record OutputRecord(
    TopicSpec topic, long timestamp, byte @Nullable [] keyBytes, @Nullable SpecificRecord value) {

  static OutputRecord of(TopicSpec topic, WrittenRecord written) {
    return new OutputRecord(
        topic,
        written.timestamp(),
        written.key(),
        written.value() == null ? null : EventCodec.decode(written.value()));
  }

  /** The key as text; bytes that are no UTF-8 are replaced. */
  public @Nullable String key() {
    return keyBytes == null ? null : new String(keyBytes, StandardCharsets.UTF_8);
  }

  /** In the shape of an input line, every field present. */
  public ObjectNode toJson() {
    return RecordLines.toJson(topic, Instant.ofEpochMilli(timestamp), key(), value);
  }
}
