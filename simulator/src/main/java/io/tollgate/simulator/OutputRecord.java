package io.tollgate.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.schemas.json.IsoMillis;
import io.tollgate.schemas.json.JsonRecords;
import io.tollgate.schemas.topics.TopicSpec;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record that the pipeline wrote.
 *
 * @param value null is a tombstone
 */
public record OutputRecord(
    TopicSpec topic, long timestamp, @Nullable String key, @Nullable SpecificRecord value) {

  /** In the shape of an input line, every field present. */
  public ObjectNode toJson() {
    String type = value == null ? topic.records().get(0).getName() : value.getSchema().getName();
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("topic", topic.name());
    line.put("timestamp", IsoMillis.format(Instant.ofEpochMilli(timestamp)));
    line.put("type", type);
    line.put("key", key);
    line.set("value", value == null ? line.nullNode() : JsonRecords.toJson(value));
    return line;
  }
}
