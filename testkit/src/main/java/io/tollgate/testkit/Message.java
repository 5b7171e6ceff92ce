package io.tollgate.testkit;

import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.serde.EventDecodingException;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicNames;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.simulator.WrittenRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record on a topic, put there by the test or written by a topology.
 *
 * @param topic name on the broker
 * @param spec what the catalogue says of the topic; null: it is not Tollgate's
 * @param time record time
 * @param value null is a tombstone
 * @param event the value, if it is a record that belongs on a topic of the catalogue
 */
@SuppressWarnings("ArrayRecordComponent") // as opaque as on the wire; never compared
record Message(
    String topic,
    @Nullable TopicSpec spec,
    Instant time,
    byte @Nullable [] key,
    byte @Nullable [] value,
    Headers headers,
    @Nullable SpecificRecord event) {

  static Message of(
      TopicNames names,
      String topic,
      Instant time,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Headers headers) {
    TopicSpec spec =
        topic.startsWith(names.prefix())
            ? TopicCatalogue.byName(names.strip(topic)).orElse(null)
            : null;
    return new Message(topic, spec, time, key, value, headers, event(spec, value));
  }

  static Message of(TopicNames names, WrittenRecord record) {
    return of(
        names,
        record.topic(),
        Instant.ofEpochMilli(record.timestamp()),
        record.key(),
        record.value(),
        record.headers());
  }

  private static @Nullable SpecificRecord event(@Nullable TopicSpec spec, byte @Nullable [] value) {
    if (spec == null || value == null) {
      return null;
    }
    try {
      return EventCodec.decode(value, spec.recordSet());
    } catch (EventDecodingException e) {
      return null;
    }
  }

  /** The same as readers see it: on Tollgate's topics, a record bears the time of its append. */
  Message appendedAt(Instant now) {
    return spec == null ? this : new Message(topic, spec, now, key, value, headers, event);
  }

  /** The key as text; bytes that are no UTF-8 are replaced. */
  @Nullable String keyText() {
    return key == null ? null : new String(key, StandardCharsets.UTF_8);
  }

  /** Whether it is a record of this type, or a tombstone for one. */
  boolean isOf(Schema type) {
    return event == null
        ? spec != null && value == null && spec.records().contains(type)
        : event.getSchema().equals(type);
  }
}
