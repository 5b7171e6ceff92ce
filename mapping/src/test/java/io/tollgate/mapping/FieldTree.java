package io.tollgate.mapping;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The fields of an Avro record or a Java record by name, so that the two can be compared. */
final class FieldTree {

  private FieldTree() {}

  static SortedMap<String, @Nullable Object> of(Object record) {
    SortedMap<String, @Nullable Object> fields = new TreeMap<>();
    if (record instanceof SpecificRecord avro) {
      for (Schema.Field field : avro.getSchema().getFields()) {
        fields.put(field.name(), value(avro.get(field.pos())));
      }
      return fields;
    }
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      try {
        fields.put(component.getName(), value(component.getAccessor().invoke(record)));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(component.toString(), e);
      }
    }
    return fields;
  }

  private static @Nullable Object value(@Nullable Object value) {
    if (value instanceof Instant time) {
      return time.toEpochMilli();
    }
    if (value instanceof Integer number) {
      return number.longValue();
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(FieldTree::value).toList();
    }
    if (value instanceof Map<?, ?> map) {
      SortedMap<String, @Nullable Object> sorted = new TreeMap<>();
      map.forEach((key, item) -> sorted.put(String.valueOf(key), value(item)));
      return sorted;
    }
    if (value instanceof SpecificRecord || value instanceof Record) {
      return of(value);
    }
    return value;
  }
}
