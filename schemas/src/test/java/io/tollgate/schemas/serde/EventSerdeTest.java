package io.tollgate.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.events.LedgerEntry;
import io.tollgate.events.UsageEvent;
import io.tollgate.schemas.GoldenFiles;
import io.tollgate.schemas.GoldenFiles.Golden;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class EventSerdeTest {

  private static final String TOPIC = "usage-events";
  private final Golden usage = GoldenFiles.of(UsageEvent.getClassSchema());

  @Test
  void shouldWriteAndReadAnyEvent() {
    try (Serde<SpecificRecord> serde = EventSerde.any()) {
      SpecificRecord event = serde.deserializer().deserialize(TOPIC, usage.bytes());

      assertThat(event).isInstanceOf(UsageEvent.class);
      assertThat(serde.serializer().serialize(TOPIC, event)).isEqualTo(usage.bytes());
    }
  }

  @Test
  void shouldReadOneTypeAsThatType() {
    try (Serde<UsageEvent> serde = EventSerde.of(UsageEvent.class)) {
      UsageEvent event = serde.deserializer().deserialize(TOPIC, usage.bytes());

      assertThat(event.getEventId()).isEqualTo(usage.json().get("eventId").textValue());
    }
  }

  @Test
  void shouldRefuseOtherTypesAsKafkaExpects() {
    try (Serde<SpecificRecord> serde = EventSerde.anyOf(Set.of(LedgerEntry.getClassSchema()))) {
      assertThatThrownBy(() -> serde.deserializer().deserialize(TOPIC, usage.bytes()))
          .isInstanceOf(UnexpectedTypeException.class)
          .isInstanceOf(SerializationException.class);
    }
  }

  @Test
  void shouldKeepTombstones() {
    try (Serde<UsageEvent> serde = EventSerde.of(UsageEvent.class)) {
      assertThat(serde.serializer().serialize(TOPIC, null)).isNull();
      assertThat(serde.deserializer().deserialize(TOPIC, (byte[]) null)).isNull();
    }
  }
}
