package io.tollgate.schemas.serde;

import io.tollgate.schemas.TrustedTypes;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Kafka serde for events: {@link EventSerializer} and {@link EventDeserializer} together. */
public final class EventSerde<T extends SpecificRecord> implements Serde<T> {

  static {
    // Whoever writes records builds them first, and Avro's builders ask for it too.
    TrustedTypes.trust();
  }

  private final EventSerializer<T> serializer = new EventSerializer<>();
  private final EventDeserializer<T> deserializer;

  private EventSerde(EventDeserializer<T> deserializer) {
    this.deserializer = deserializer;
  }

  /** Writes and reads any type of event. */
  public static EventSerde<SpecificRecord> any() {
    return new EventSerde<>(EventDeserializer.any());
  }

  /** Writes any type of event, reads these types only, given by their current schemas. */
  public static EventSerde<SpecificRecord> anyOf(Set<Schema> expected) {
    return new EventSerde<>(EventDeserializer.anyOf(expected));
  }

  /** Writes and reads events of one type. */
  public static <T extends SpecificRecord> EventSerde<T> of(Class<T> type) {
    return new EventSerde<>(EventDeserializer.of(type));
  }

  @Override
  public Serializer<T> serializer() {
    return serializer;
  }

  @Override
  public Deserializer<T> deserializer() {
    return deserializer;
  }
}
