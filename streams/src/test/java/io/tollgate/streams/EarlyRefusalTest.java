package io.tollgate.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tollgate.events.RejectionReason;
import io.tollgate.producers.EventProducer;
import io.tollgate.producers.InvalidEventException;
import io.tollgate.producers.TollgateProducers;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.serde.EventDecodingException;
import io.tollgate.streams.MalformedKinds.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the pipeline rejects for what a record says, a producer refuses to send, for the same
 * reason. Nothing here reaches a broker.
 */
class EarlyRefusalTest {

  private static final Set<RejectionReason> BY_THE_RECORD_ALONE =
      EnumSet.of(RejectionReason.MALFORMED, RejectionReason.LIMIT_EXCEEDED);

  private static final EventProducer PRODUCER = TollgateProducers.connect("localhost:1").events();

  @AfterAll
  static void close() {
    PRODUCER.close();
  }

  static List<Kind> kinds() {
    return MalformedKinds.all().stream()
        .filter(kind -> BY_THE_RECORD_ALONE.contains(kind.reason()))
        .filter(kind -> isUnderItsKey(kind, record(kind)))
        .toList();
  }

  private static @Nullable SpecificRecord record(Kind kind) {
    try {
      return kind.value() == null
          ? null
          : EventCodec.decode(kind.value(), kind.topic().recordSet());
    } catch (EventDecodingException e) {
      return null; // no producer could send it
    }
  }

  private static boolean isUnderItsKey(Kind kind, @Nullable SpecificRecord record) {
    if (record == null) {
      return false;
    }
    Object key = record.get(record.getSchema().getField(kind.topic().key()).pos());
    return Arrays.equals(kind.key(), key.toString().getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shouldRefuseToSendWhatThePipelineWouldReject(Kind kind) {
    SpecificRecord record = Objects.requireNonNull(record(kind));

    IllegalArgumentException refusal =
        catchThrowableOfType(IllegalArgumentException.class, () -> PRODUCER.send(record));

    assertThat(refusal).isNotNull();
    if (refusal instanceof InvalidEventException invalid) {
      assertThat(invalid.reason()).isEqualTo(kind.reason());
    }
  }

  @Test
  void shouldKnowManyKinds() {
    assertThat(kinds()).hasSizeGreaterThan(50);
  }
}
