package io.tollgate.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.schemas.json.IsoMillis;
import io.tollgate.schemas.json.JsonRecords;
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
    String type = value == null ? topic.records().get(0).getName() : value.getSchema().getName();
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("topic", topic.name());
    line.put("timestamp", IsoMillis.format(Instant.ofEpochMilli(timestamp)));
    line.put("type", type);
    line.put("key", key());
    line.set("value", value == null ? line.nullNode() : JsonRecords.toJson(value));
    return line;
  }
}
