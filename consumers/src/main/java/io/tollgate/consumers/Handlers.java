package io.tollgate.consumers;

import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.Direction;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicNames;
import io.tollgate.schemas.topics.TopicSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;

/** Which handler has which type of event, and which topics they come from. */
final class Handlers {

  private record Registration<T extends SpecificRecord>(
      Class<T> type, EventHandler<? super T> handler) {

    void handle(SpecificRecord event) throws Exception {
      handler.handle(type.cast(event));
    }
  }

  private final TopicNames names;
  private final Map<Schema, Registration<?>> byType = new HashMap<>();
  private final Map<String, Set<Schema>> typesByTopic = new HashMap<>();

  Handlers(TopicNames names) {
    this.names = names;
  }

  /**
   * Gives the events of a type to a handler.
   *
   * @throws IllegalArgumentException if the type is not one of Tollgate's events, or has a handler
   */
  <T extends SpecificRecord> void add(Class<T> type, EventHandler<? super T> handler) {
    Schema schema = SpecificData.get().getSchema(type);
    TopicSpec topic =
        TopicCatalogue.all().stream()
            .filter(candidate -> candidate.direction() == Direction.OUT)
            .filter(candidate -> candidate.records().contains(schema))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        type.getSimpleName() + " is not a type of any output topic"));
    if (topic.retention().isCompacted()) {
      throw new IllegalArgumentException(
          "%s is a table that keeps the last %s of each account; it has no events to be handled"
              .formatted(topic.name(), type.getSimpleName()));
    }
    if (byType.putIfAbsent(schema, new Registration<>(type, handler)) != null) {
      throw new IllegalArgumentException(type.getSimpleName() + " has a handler already");
    }
    typesByTopic.put(names.full(topic), topic.recordSet());
  }

  /** Full names of the topics that the events come from. */
  Set<String> topics() {
    return Set.copyOf(typesByTopic.keySet());
  }

  /**
   * The event that a record of one of the topics holds.
   *
   * @throws SerializationException if it holds none that belongs there
   */
  SpecificRecord read(ConsumerRecord<byte[], byte[]> record) {
    Set<Schema> expected = typesByTopic.get(record.topic());
    if (expected == null) {
      throw new IllegalStateException("Not subscribed to " + record.topic());
    }
    if (record.value() == null) {
      throw new SerializationException("The record has no value");
    }
    return EventCodec.decode(record.value(), expected);
  }

  /**
   * Gives an event to its handler, if its type has one.
   *
   * @return whether it has one
   * @throws Exception what the handler throws
   */
  boolean handle(SpecificRecord event) throws Exception {
    Registration<?> registration = byType.get(event.getSchema());
    if (registration == null) {
      return false;
    }
    registration.handle(event);
    return true;
  }
}
