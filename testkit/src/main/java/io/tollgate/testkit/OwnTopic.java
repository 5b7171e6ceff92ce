package io.tollgate.testkit;

import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/**
 * A topic that is not Tollgate's: one of the topology under test.
 *
 * @param name its full name
 * @param keySerde how its keys are written
 * @param valueSerde how its values are written
 */
public record OwnTopic<K, V>(String name, Serde<K> keySerde, Serde<V> valueSerde) {

  byte @Nullable [] keyBytes(@Nullable K key) {
    return key == null ? null : keySerde.serializer().serialize(name, key);
  }

  byte @Nullable [] valueBytes(@Nullable V value) {
    return value == null ? null : valueSerde.serializer().serialize(name, value);
  }

  @Nullable K key(byte @Nullable [] bytes) {
    return bytes == null ? null : keySerde.deserializer().deserialize(name, bytes);
  }

  @Nullable V value(byte @Nullable [] bytes) {
    return bytes == null ? null : valueSerde.deserializer().deserialize(name, bytes);
  }
}
