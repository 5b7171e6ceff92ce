package io.tollgate.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.Limits;
import io.tollgate.domain.Rejection;
import io.tollgate.domain.RejectionReason;
import io.tollgate.events.RejectedEvent;
import io.tollgate.schemas.serde.EventCodec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RejectionsTest {

  private static final long AT = Instant.parse("2026-01-01T00:00:00.123Z").toEpochMilli();
  private static final int KB_64 = 65_536;

  @Test
  void shouldKeepTheCoordinatesAndTheWholeOfASmallRecord() {
    RejectedEvent rejected =
        Rejections.rejectedEvent(
            new Rejection(RejectionReason.TOO_LATE, "35 days are over."),
            "usage-events",
            3,
            1207,
            "acme".getBytes(UTF_8),
            new byte[] {1, 2, 3},
            AT);

    assertThat(rejected.getReason()).isEqualTo(io.tollgate.events.RejectionReason.TOO_LATE);
    assertThat(rejected.getDetail()).isEqualTo("35 days are over.");
    assertThat(rejected.getSourceTopic()).isEqualTo("usage-events");
    assertThat(rejected.getSourcePartition()).isEqualTo(3);
    assertThat(rejected.getSourceOffset()).isEqualTo(1207);
    assertThat(rejected.getSourceKey()).isEqualTo("acme");
    assertThat(value(rejected)).containsExactly(1, 2, 3);
    assertThat(rejected.getSourceLength()).isEqualTo(3);
    assertThat(rejected.getRejectedAt()).isEqualTo(Instant.ofEpochMilli(AT));
  }

  @ParameterizedTest
  @EnumSource
  void shouldKnowEveryReason(RejectionReason reason) {
    RejectedEvent rejected =
        Rejections.rejectedEvent(new Rejection(reason, ""), "clock", 0, 0, null, null, AT);

    assertThat(rejected.getReason().name()).isEqualTo(reason.name());
  }

  @Test
  void shouldTellNoKeyFromAnEmptyOne() {
    RejectedEvent nothing = rejected(null, null);
    RejectedEvent empty = rejected(new byte[0], new byte[0]);

    assertThat(nothing.getSourceKey()).isNull();
    assertThat(value(nothing)).isEmpty();
    assertThat(nothing.getSourceLength()).isZero();
    assertThat(empty.getSourceKey()).isEmpty();
    assertThat(value(empty)).isEmpty();
    assertThat(empty.getSourceLength()).isZero();
  }

  @Test
  void shouldKeepAValueOfExactly64Kilobytes() {
    RejectedEvent rejected = rejected(null, new byte[KB_64]);

    assertThat(value(rejected)).hasSize(KB_64);
    assertThat(rejected.getDetail()).isEqualTo("detail");
  }

  @Test
  void shouldCutALongerValueAndSayItsHash() {
    byte[] large = new byte[KB_64 + 1];
    Arrays.fill(large, (byte) 'a');

    RejectedEvent rejected = rejected(null, large);

    assertThat(value(rejected)).hasSize(KB_64).containsOnly('a');
    assertThat(rejected.getSourceLength()).isEqualTo(KB_64 + 1);
    assertThat(rejected.getDetail())
        .startsWith("detail ")
        .contains("65536 of its 65537 bytes")
        .contains("008ffc88d3c96a9f307524eb361e47c5222a887fc45fa0c1fb8d429c5c23b430");
  }

  @Test
  void shouldEncodeTheCutOnly() {
    RejectedEvent rejected = rejected(null, new byte[10 * KB_64]);

    byte[] encoded = EventCodec.encode(rejected);

    assertThat(encoded).hasSizeLessThan(KB_64 + 1000);
    assertThat(EventCodec.decode(encoded, Set.of(RejectedEvent.getClassSchema())))
        .isEqualTo(rejected);
  }

  @Test
  void shouldReplaceBytesThatAreNoText() {
    assertThat(rejected(new byte[] {'a', (byte) 0xff, 'b'}, null).getSourceKey())
        .isEqualTo("a\ufffdb");
  }

  @Test
  void shouldCutAKeyBetweenCharacters() {
    assertThat(keyOf("é".repeat(512))).isEqualTo("é".repeat(512));
    assertThat(keyOf("x" + "é".repeat(512))).isEqualTo("x" + "é".repeat(511));
    assertThat(keyOf("x" + "😀".repeat(300))).isEqualTo("x" + "😀".repeat(255));
    assertThat(keyOf("xx" + "€".repeat(2000))).isEqualTo("xx" + "€".repeat(340));
  }

  @Test
  void shouldBoundAKeyOfRandomBytes() {
    byte[] noText = new byte[5000];
    Arrays.fill(noText, (byte) 0xff);

    assertThat(rejected(noText, null).getSourceKey()).isEqualTo("\ufffd".repeat(341));
  }

  @Test
  void shouldBoundTheDetail() {
    RejectedEvent rejected =
        Rejections.rejectedEvent(
            new Rejection(RejectionReason.UNDECODABLE, "x".repeat(100_000)),
            "clock",
            0,
            0,
            null,
            null,
            AT);

    assertThat(rejected.getDetail()).hasSize(Limits.TEXT_BYTES);
  }

  private static @Nullable String keyOf(String key) {
    return rejected(key.getBytes(UTF_8), null).getSourceKey();
  }

  private static RejectedEvent rejected(byte @Nullable [] key, byte @Nullable [] value) {
    return Rejections.rejectedEvent(
        new Rejection(RejectionReason.MALFORMED, "detail"), "usage-events", 0, 0, key, value, AT);
  }

  private static byte[] value(RejectedEvent rejected) {
    byte[] value = new byte[rejected.getSourceValue().remaining()];
    rejected.getSourceValue().duplicate().get(value);
    return value;
  }
}
