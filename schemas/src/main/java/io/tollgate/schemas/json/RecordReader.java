package io.tollgate.schemas.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.tollgate.schemas.TrustedTypes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions.TimestampMillisConversion;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Builds records from JSON, guided by their schema. */
final class RecordReader {

  private static final int SHOWN_CHARACTERS = 60;
  private static final SpecificData MODEL = new SpecificData();

  static {
    TrustedTypes.trust();
    MODEL.addLogicalTypeConversion(new TimestampMillisConversion());
  }

  private RecordReader() {}

  static SpecificRecord read(JsonNode value, Schema schema) {
    return readRecord(value, schema, "");
  }

  private static SpecificRecord readRecord(JsonNode value, Schema schema, String path) {
    if (!value.isObject()) {
      throw unexpected(path, "an object with the fields of " + schema.getName(), value);
    }
    value
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (schema.getField(name) == null) {
                throw new JsonRecordException(
                    child(path, name), schema.getName() + " has no such field");
              }
            });
    SpecificRecord record = (SpecificRecord) MODEL.newRecord(null, schema);
    for (Schema.Field field : schema.getFields()) {
      JsonNode given = value.get(field.name());
      record.put(
          field.pos(),
          given == null
              ? defaultOf(field)
              : readValue(given, field.schema(), child(path, field.name())));
    }
    return record;
  }

  // A copy, as Avro hands out the same list or record each time.
  private static @Nullable Object defaultOf(Schema.Field field) {
    Object shared = MODEL.getDefaultValue(field);
    if (shared instanceof List<?> list) {
      return new ArrayList<>(list);
    }
    return shared == null ? null : MODEL.deepCopy(field.schema(), shared);
  }

  private static @Nullable Object readValue(JsonNode value, Schema schema, String path) {
    return switch (schema.getType()) {
      case UNION -> value.isNull() ? null : readValue(value, present(schema), path);
      case RECORD -> readRecord(value, schema, path);
      case ARRAY -> readArray(value, schema.getElementType(), path);
      case MAP -> readMap(value, schema.getValueType(), path);
      case ENUM -> readEnum(value, schema, path);
      case STRING -> readText(value, "a string", path);
      case BOOLEAN -> readBoolean(value, path);
      case INT -> readInt(value, path);
      case LONG ->
          schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
              ? readTime(value, path)
              : (Object) readLong(value, path);
      case BYTES -> readBytes(value, path);
      case FIXED, FLOAT, DOUBLE, NULL ->
          throw new IllegalArgumentException("No record has a field of type " + schema.getType());
    };
  }

  /** What a nullable field holds when it is not null. */
  private static Schema present(Schema union) {
    return union.getTypes().stream()
        .filter(branch -> branch.getType() != Schema.Type.NULL)
        .findFirst()
        .orElseThrow();
  }

  private static List<@Nullable Object> readArray(JsonNode value, Schema item, String path) {
    if (!value.isArray()) {
      throw unexpected(path, "a list", value);
    }
    List<@Nullable Object> list = new ArrayList<>(value.size());
    for (int i = 0; i < value.size(); i++) {
      list.add(readValue(value.get(i), item, path + "[" + i + "]"));
    }
    return list;
  }

  private static Map<String, @Nullable Object> readMap(JsonNode value, Schema item, String path) {
    if (!value.isObject()) {
      throw unexpected(path, "an object", value);
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    value
        .properties()
        .forEach(
            entry ->
                map.put(
                    entry.getKey(),
                    readValue(entry.getValue(), item, child(path, entry.getKey()))));
    return map;
  }

  private static Object readEnum(JsonNode value, Schema schema, String path) {
    String symbols = "one of " + String.join(", ", schema.getEnumSymbols());
    String symbol = readText(value, symbols, path);
    if (!schema.hasEnumSymbol(symbol)) {
      throw unexpected(path, symbols, value);
    }
    return MODEL.createEnum(symbol, schema);
  }

  private static String readText(JsonNode value, String expected, String path) {
    if (!value.isTextual()) {
      throw unexpected(path, expected, value);
    }
    String text = value.textValue();
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      // Encoded, its broken halves would all become the same question mark.
      throw new JsonRecordException(path, "expected " + expected + ", found half a character");
    }
    return text;
  }

  private static boolean readBoolean(JsonNode value, String path) {
    if (!value.isBoolean()) {
      throw unexpected(path, "true or false", value);
    }
    return value.booleanValue();
  }

  private static int readInt(JsonNode value, String path) {
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw unexpected(path, "a whole number of 32 bits", value);
    }
    return value.intValue();
  }

  private static long readLong(JsonNode value, String path) {
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw unexpected(path, "a whole number of 64 bits", value);
    }
    return value.longValue();
  }

  private static Instant readTime(JsonNode value, String path) {
    String expected = "a UTC time like 2026-01-01T00:00:00.000Z";
    try {
      return IsoMillis.parse(readText(value, expected, path));
    } catch (JsonRecordException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw unexpected(path, expected, value);
    }
  }

  private static ByteBuffer readBytes(JsonNode value, String path) {
    String expected = "bytes in base64";
    String text = readText(value, expected, path);
    try {
      return ByteBuffer.wrap(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw unexpected(path, expected, value);
    }
  }

  private static String child(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static JsonRecordException unexpected(String path, String expected, JsonNode found) {
    String shown = found.toString();
    if (shown.length() > SHOWN_CHARACTERS) {
      shown = shown.substring(0, SHOWN_CHARACTERS) + "…";
    }
    return new JsonRecordException(path, "expected " + expected + ", found " + shown);
  }
}
