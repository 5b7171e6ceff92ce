package io.tollgate.schemas.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Turns records into JSON. */
final class RecordWriter {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private RecordWriter() {}

  static ObjectNode write(SpecificRecord record) {
    ObjectNode object = NODES.objectNode();
    for (Schema.Field field : record.getSchema().getFields()) {
      object.set(field.name(), writeValue(record.get(field.pos())));
    }
    return object;
  }

  private static JsonNode writeValue(@Nullable Object value) {
    if (value == null) {
      return NODES.nullNode();
    }
    if (value instanceof SpecificRecord record) {
      return write(record);
    }
    if (value instanceof Long number) {
      return NODES.numberNode(number.longValue());
    }
    if (value instanceof Integer number) {
      return NODES.numberNode(number.intValue());
    }
    if (value instanceof Boolean flag) {
      return NODES.booleanNode(flag);
    }
    if (value instanceof Instant time) {
      return NODES.textNode(IsoMillis.format(time));
    }
    if (value instanceof CharSequence || value instanceof Enum<?>) {
      return NODES.textNode(value.toString());
    }
    if (value instanceof ByteBuffer bytes) {
      return NODES.textNode(base64(bytes));
    }
    if (value instanceof List<?> list) {
      return writeList(list);
    }
    if (value instanceof Map<?, ?> map) {
      return writeMap(map);
    }
    throw new IllegalArgumentException("No field of a record holds a " + value.getClass());
  }

  private static ArrayNode writeList(List<?> list) {
    ArrayNode array = NODES.arrayNode(list.size());
    for (Object item : list) {
      array.add(writeValue(item));
    }
    return array;
  }

  // By name, so that equal records print alike.
  private static ObjectNode writeMap(Map<?, ?> map) {
    Map<String, JsonNode> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put(key.toString(), writeValue(value)));
    ObjectNode object = NODES.objectNode();
    sorted.forEach(object::set);
    return object;
  }

  private static String base64(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return Base64.getEncoder().encodeToString(copy);
  }
}
