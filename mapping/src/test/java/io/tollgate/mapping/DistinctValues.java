package io.tollgate.mapping;

import io.tollgate.schemas.TrustedTypes;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Fills records so that a field that is lost or swapped shows: each value differs from all others.
 * What has too few values for that (enums, booleans, absence) takes another one each round; over
 * {@link #ROUNDS} rounds all constants appear and all booleans differ from each other.
 */
final class DistinctValues {

  static {
    TrustedTypes.trust();
  }

  /** More than any enum has constants, and than {@link #bit} needs. */
  static final int ROUNDS = 32;

  private final int round;
  private int next = 1;

  DistinctValues(int round) {
    this.round = round;
  }

  /** An Avro record of this type with every field filled. */
  SpecificRecord avro(Schema schema) {
    SpecificRecord record = (SpecificRecord) SpecificData.newInstance(type(schema), schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.pos(), avroValue(field.schema()));
    }
    return record;
  }

  /** A Java record of this type with every component filled. */
  <T> T record(Class<T> type) {
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      boolean nullable = isNullable(components[i].getAnnotatedType());
      values[i] = nullable && isAbsent() ? null : javaValue(components[i].getGenericType());
    }
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type.getName(), e);
    }
  }

  private static boolean isNullable(AnnotatedElement type) {
    return type.isAnnotationPresent(Nullable.class);
  }

  private boolean isAbsent() {
    return bit();
  }

  /** One bit of the field's number, or its opposite: any two fields differ in some round. */
  private boolean bit() {
    int number = next++;
    return (number >> (round % 6) & 1) == round / 6 % 2;
  }

  private @Nullable Object avroValue(Schema schema) {
    if (schema.getLogicalType() != null) {
      return Instant.ofEpochMilli(1_700_000_000_000L + next++);
    }
    return switch (schema.getType()) {
      case STRING -> "text-" + next++;
      case LONG -> 1000L + next++;
      case INT -> 1000 + next++;
      case BOOLEAN -> bit();
      case BYTES -> ByteBuffer.wrap(new byte[] {(byte) next++});
      case ENUM -> constant(type(schema));
      case RECORD -> avro(schema);
      case ARRAY -> List.of(item(schema.getElementType()), item(schema.getElementType()));
      case MAP ->
          Map.of("key-" + next++, item(schema.getValueType()), "k", item(schema.getValueType()));
      case UNION -> isAbsent() ? null : avroValue(schema.getTypes().get(1));
      default -> throw new IllegalArgumentException(schema.toString());
    };
  }

  private Object item(Schema schema) {
    Object value = avroValue(schema);
    if (value == null) {
      throw new IllegalArgumentException("Items are never null: " + schema);
    }
    return value;
  }

  private Object javaValue(Type type) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      Type item = list.getActualTypeArguments()[0];
      return List.of(javaValue(item), javaValue(item));
    }
    if (type == String.class) {
      return "text-" + next++;
    }
    if (type == long.class || type == Long.class) {
      return 1000L + next++;
    }
    if (type == int.class || type == Integer.class) {
      return 1000 + next++;
    }
    if (type == boolean.class) {
      return bit();
    }
    Class<?> other = (Class<?>) type;
    return other.isEnum() ? constant(other) : record(other);
  }

  private Object constant(Class<?> type) {
    Object[] constants = type.getEnumConstants();
    return constants[round % constants.length];
  }

  private static Class<?> type(Schema schema) {
    return SpecificData.get().getClass(schema);
  }
}
