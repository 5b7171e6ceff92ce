package io.tollgate.schemas.serde;

import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka deserializer for events; null stays null, a tombstone.
 *
 * <p>Throws {@link EventDecodingException} for bytes that hold no event of an expected type.
 */
public final class EventDeserializer<T extends SpecificRecord> implements Deserializer<T> {

  private final Class<T> type;
  private final @Nullable Set<Schema> expected;

  private EventDeserializer(Class<T> type, @Nullable Set<Schema> expected) {
    this.type = type;
    this.expected = expected;
  }

  /** Reads any type of event. */
  public static EventDeserializer<SpecificRecord> any() {
    return new EventDeserializer<>(SpecificRecord.class, null);
  }

  /** Reads events of these types only, given by their current schemas. */
  public static EventDeserializer<SpecificRecord> anyOf(Set<Schema> expected) {
    return new EventDeserializer<>(SpecificRecord.class, Set.copyOf(expected));
  }

  /** Reads events of one type only. */
  public static <T extends SpecificRecord> EventDeserializer<T> of(Class<T> type) {
    return new EventDeserializer<>(type, Set.of(SpecificData.get().getSchema(type)));
  }

  @Override
  public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    return type.cast(
        expected == null ? EventCodec.decode(bytes) : EventCodec.decode(bytes, expected));
  }
}
