package io.tollgate.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.schemas.json.JsonRecords;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBuilderBase;
import org.jspecify.annotations.Nullable;

/**
 * The fields that a test set on a builder: what it expects of a record. The others may be anything.
 */
final class ExpectedFields {

  private final SpecificRecord record;
  private final List<Schema.Field> fields;

  private ExpectedFields(SpecificRecord record, List<Schema.Field> fields) {
    this.record = record;
    this.fields = fields;
  }

  static <T extends SpecificRecord> ExpectedFields of(SpecificRecordBuilderBase<T> builder) {
    T record = builder.build();
    List<Schema.Field> set =
        record.getSchema().getFields().stream().filter(field -> isSet(builder, field)).toList();
    return new ExpectedFields(record, set);
  }

  /** Generated builders have a method for each field that tells whether it was set. */
  private static boolean isSet(SpecificRecordBuilderBase<?> builder, Schema.Field field) {
    String name = field.name();
    String method = "has" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    try {
      return (boolean) builder.getClass().getMethod(method).invoke(builder);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalArgumentException(
          builder.getClass().getName() + " is no builder that Avro generated", e);
    }
  }

  Schema type() {
    return record.getSchema();
  }

  /** The value of a field, if it is expected to have one. */
  @Nullable Object get(@Nullable String field) {
    return fields.stream()
        .filter(expected -> expected.name().equals(field))
        .map(expected -> record.get(expected.pos()))
        .findFirst()
        .orElse(null);
  }

  /** Where a record of the same type differs, a line for each field; empty: nowhere. */
  List<String> differences(SpecificRecord actual) {
    ObjectNode wanted = JsonRecords.toJson(record);
    ObjectNode found = JsonRecords.toJson(actual);
    List<String> differences = new ArrayList<>();
    for (Schema.Field field : fields) {
      if (!Objects.equals(record.get(field.pos()), actual.get(field.pos()))) {
        differences.add(
            "%s: expected %s, but was %s"
                .formatted(
                    field.name(),
                    RecordText.full(wanted.get(field.name())),
                    RecordText.full(found.get(field.name()))));
      }
    }
    return differences;
  }

  /** The expected fields of a record, one a line. */
  String text(SpecificRecord of) {
    ObjectNode values = JsonRecords.toJson(of);
    return fields.stream()
        .map(field -> field.name() + ": " + RecordText.full(values.get(field.name())))
        .collect(Collectors.joining("\n"));
  }

  /** The expected fields, one a line. */
  String text() {
    return text(record);
  }
}
