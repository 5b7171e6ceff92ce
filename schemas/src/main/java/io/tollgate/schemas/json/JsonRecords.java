package io.tollgate.schemas.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Records as JSON objects, as people write and read them.
 *
 * <p>Field names and order are those of the schema; whole numbers are JSON integers, times are text
 * ({@link IsoMillis}), enums their symbol, bytes base64, a map is an object. Reading is strict, but
 * a field that is left out takes its default; writing leaves nothing out.
 */
public final class JsonRecords {

  private JsonRecords() {}

  /**
   * The record that a JSON object stands for.
   *
   * @param value the object
   * @param schema current schema of the type, see {@link io.tollgate.schemas.EventTypes}
   * @throws JsonRecordException if the object has not the shape of the type
   */
  public static SpecificRecord fromJson(JsonNode value, Schema schema) {
    return RecordReader.read(value, schema);
  }

  /**
   * The record of a known type that a JSON object stands for.
   *
   * @throws JsonRecordException if the object has not the shape of the type
   */
  public static <T extends SpecificRecord> T fromJson(JsonNode value, Class<T> type) {
    return type.cast(fromJson(value, SpecificData.get().getSchema(type)));
  }

  /** The JSON object of a record, with every field, in the schema's order. */
  public static ObjectNode toJson(SpecificRecord record) {
    return RecordWriter.write(record);
  }
}
