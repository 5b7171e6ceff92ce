package io.tollgate.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.Rejection;
import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.effect.Effect;
import io.tollgate.domain.event.AccountEvent;
import io.tollgate.events.DisputeUpdated;
import io.tollgate.events.PaymentRefunded;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.Direction;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicSpec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EffectMapperTest {

  @ParameterizedTest
  @MethodSource("effectsWithRecord")
  void shouldKeepEveryField(Class<? extends Effect> type) {
    for (int round = 0; round < DistinctValues.ROUNDS; round++) {
      Effect effect = new DistinctValues(round).record(type);

      SpecificRecord record = Objects.requireNonNull(EffectMapper.record(effect));

      assertThat(record.getSchema().getName()).isEqualTo(type.getSimpleName());
      assertThat(FieldTree.of(record)).isEqualTo(FieldTree.of(effect));
    }
  }

  @ParameterizedTest
  @MethodSource("effectsWithRecord")
  void shouldGoToATopicThatTakesTheRecordUnderItsKey(Class<? extends Effect> type) {
    Effect effect = new DistinctValues(0).record(type);
    SpecificRecord record = Objects.requireNonNull(EffectMapper.record(effect));

    TopicSpec topic = EffectMapper.topic(effect);

    assertThat(topic.direction())
        .isEqualTo(
            topic.equals(TopicCatalogue.CLAIM_REQUESTS) ? Direction.INTERNAL : Direction.OUT);
    assertThat(FieldTree.of(record)).containsEntry(topic.key(), EffectMapper.key(effect));
    assertThat(EventCodec.decode(EventCodec.encode(record), topic.recordSet())).isEqualTo(record);
  }

  @Test
  void shouldRemoveAccessWithATombstone() {
    Effect removed = new Effect.AccountAccessRemoved("acme");

    assertThat(EffectMapper.record(removed)).isNull();
    assertThat(EffectMapper.topic(removed).retention().isCompacted()).isTrue();
    assertThat(EffectMapper.topic(removed).recordNames()).containsExactly("AccountAccess");
  }

  @ParameterizedTest
  @MethodSource("reversals")
  void shouldRejectAReversalThatWaitedAsTheRecordThatItWas(SpecificRecord record) {
    AccountEvent.Reversal reversal =
        (AccountEvent.Reversal) EventMapper.accountEvent(record).orElseThrow();
    Effect rejected =
        new Effect.ReversalRejected(
            reversal,
            new Effect.Cause("payment-events", "r1", 3, 77),
            new Rejection(RejectionReason.OVER_REVERSAL, "too much"),
            99);

    assertThat(EffectMapper.topic(rejected)).isEqualTo(TopicCatalogue.REJECTED_EVENTS);
    assertThat(EffectMapper.record(rejected))
        .isEqualTo(
            Rejections.rejectedEvent(
                new Rejection(RejectionReason.OVER_REVERSAL, "too much"),
                "payment-events",
                3,
                77,
                reversal.accountId().getBytes(StandardCharsets.UTF_8),
                EventCodec.encode(record),
                99));
  }

  static Stream<SpecificRecord> reversals() {
    return Stream.of(PaymentRefunded.getClassSchema(), DisputeUpdated.getClassSchema())
        .flatMap(
            schema ->
                IntStream.range(0, DistinctValues.ROUNDS)
                    .mapToObj(round -> new DistinctValues(round).avro(schema)));
  }

  @ParameterizedTest
  @MethodSource("enums")
  void shouldHaveTheSameConstantsOnBothSides(Class<?> domain) throws ClassNotFoundException {
    Class<?> avro = Class.forName("io.tollgate.events." + domain.getSimpleName());

    assertThat(EventMapperTest.names(avro)).isEqualTo(EventMapperTest.names(domain));
  }

  static Stream<Class<?>> enums() {
    return Stream.concat(
        Stream.of(RejectionReason.class),
        Arrays.stream(Effect.class.getDeclaredClasses()).filter(Class::isEnum));
  }

  static Stream<Class<?>> effectsWithRecord() {
    return Arrays.stream(Effect.class.getPermittedSubclasses())
        .filter(type -> type != Effect.AccountAccessRemoved.class)
        .filter(type -> type != Effect.ReversalRejected.class);
  }
}
