package io.tollgate.testkit;

import io.tollgate.schemas.serde.EventSerde;
import io.tollgate.schemas.topics.Direction;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicNames;
import io.tollgate.schemas.topics.TopicSpec;
import java.util.List;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;

/** Topologies that pass records on unchanged, so that a test knows what went in or comes out. */
final class Relay {

  /** What went into any input topic of Tollgate. */
  static final OwnTopic<String, SpecificRecord> HEARD =
      new OwnTopic<>("heard", Serdes.String(), EventSerde.any());

  /** What should come out on the topic that a header of the test's own, the key's prefix, names. */
  static final OwnTopic<String, SpecificRecord> SAY =
      new OwnTopic<>("say", Serdes.String(), EventSerde.any());

  private static final TopicNames NAMES = TopicNames.withDefaultPrefix();

  private Relay() {}

  /** Repeats every input of Tollgate on {@link #HEARD}. */
  static Supplier<Topology> ofInputs() {
    List<String> inputs =
        TopicCatalogue.all().stream()
            .filter(topic -> topic.direction() == Direction.IN)
            .map(NAMES::full)
            .toList();
    return () ->
        new Topology()
            .addSource(
                "inputs",
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                inputs.toArray(String[]::new))
            .addSink(
                "heard",
                HEARD.name(),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                "inputs");
  }

  /** Says what it is told on {@link #SAY}, on the topic of the record's type. */
  static Supplier<Topology> ofOutputs() {
    return () ->
        new Topology()
            .addSource(
                "say", Serdes.String().deserializer(), EventSerde.any().deserializer(), SAY.name())
            .addSink(
                "outputs",
                (key, event, context) -> NAMES.full(outputOf(event)),
                Serdes.String().serializer(),
                EventSerde.any().serializer(),
                "say");
  }

  private static TopicSpec outputOf(SpecificRecord event) {
    return TopicCatalogue.all().stream()
        .filter(topic -> topic.direction() == Direction.OUT)
        .filter(topic -> topic.recordSet().contains(event.getSchema()))
        .findFirst()
        .orElseThrow();
  }
}
