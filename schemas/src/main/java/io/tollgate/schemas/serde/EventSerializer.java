package io.tollgate.schemas.serde;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Kafka serializer for every type of event; null stays null, a tombstone. */
public final class EventSerializer<T extends SpecificRecord> implements Serializer<T> {

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable T event) {
    return event == null ? null : EventCodec.encode(event);
  }
}
