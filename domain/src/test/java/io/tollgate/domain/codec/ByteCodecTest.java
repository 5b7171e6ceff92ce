package io.tollgate.domain.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.domain.effect.Effect.LotKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteCodecTest {

  /** One of everything, at random. */
  private record Sample(
      int b, boolean flag, long number, long fixed, String text, boolean some, List<Long> list) {

    static Sample random(Random random) {
      List<Long> list = new ArrayList<>();
      for (int i = random.nextInt(5); i > 0; i--) {
        list.add(random.nextLong() >> random.nextInt(64));
      }
      return new Sample(
          random.nextInt(256),
          random.nextBoolean(),
          random.nextLong() >> random.nextInt(64),
          random.nextLong(),
          "é✓𝄞x".repeat(random.nextInt(60)),
          random.nextBoolean(),
          list);
    }

    byte[] write() {
      return new ByteWriter()
          .writeByte(b)
          .writeBoolean(flag)
          .writeLong(number)
          .writeFixed(fixed)
          .writeText(text)
          .writeOptionalLong(some ? number : null)
          .writeOptionalText(some ? text : null)
          .writeText(LotKind.TRIAL.name())
          .writeAll(list, ByteWriter::writeLong)
          .toByteArray();
    }

    void expectIn(ByteReader in) {
      assertThat(in.readByte()).isEqualTo(b);
      assertThat(in.readBoolean()).isEqualTo(flag);
      assertThat(in.readLong()).isEqualTo(number);
      assertThat(in.readFixed()).isEqualTo(fixed);
      assertThat(in.readText()).isEqualTo(text);
      assertThat(in.readOptionalLong()).isEqualTo(some ? number : null);
      assertThat(in.readOptionalText()).isEqualTo(some ? text : null);
      assertThat(in.readEnum(LotKind.class)).isEqualTo(LotKind.TRIAL);
      assertThat(in.hasMore()).isTrue();
      assertThat(in.readAll(ByteReader::readLong)).isEqualTo(list);
      in.requireEnd();
      assertThat(in.hasMore()).isFalse();
    }

    static void read(ByteReader in) {
      in.readByte();
      in.readBoolean();
      in.readLong();
      in.readFixed();
      in.readText();
      in.readOptionalLong();
      in.readOptionalText();
      in.readEnum(LotKind.class);
      in.readAll(ByteReader::readLong);
      in.requireEnd();
    }
  }

  @Test
  void shouldReadWhatWasWritten() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      Sample sample = Sample.random(random);
      sample.expectIn(new ByteReader(sample.write()));
    }
  }

  @Test
  void shouldRefuseEveryTruncationAndWhatIsLeftOver() {
    Random random = new Random(2);
    for (int i = 0; i < 20; i++) {
      byte[] bytes = Sample.random(random).write();
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        assertThatThrownBy(() -> Sample.read(new ByteReader(cut)))
            .isInstanceOf(CorruptStateException.class);
      }
      byte[] more = Arrays.copyOf(bytes, bytes.length + 1);
      assertThatThrownBy(() -> Sample.read(new ByteReader(more)))
          .isInstanceOf(CorruptStateException.class)
          .hasMessageContaining("left over");
    }
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0, -1, 1, 63, -64, 64, -65, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE})
  void shouldWriteNumbersOfEitherSign(long number) {
    byte[] bytes = new ByteWriter().writeLong(number).toByteArray();
    assertThat(bytes).hasSizeLessThanOrEqualTo(number >= -64 && number < 64 ? 1 : 10);
    assertThat(new ByteReader(bytes).readLong()).isEqualTo(number);
  }

  /** The format is stored: these bytes may not change. */
  @Test
  void shouldKeepItsFormat() {
    byte[] bytes =
        new ByteWriter()
            .writeByte(0x1ff)
            .writeBoolean(true)
            .writeLong(-2)
            .writeLong(150)
            .writeFixed(0x0102030405060708L)
            .writeText("né")
            .writeOptionalLong(null)
            .writeOptionalText("")
            .writeAll(List.of(1L, -1L), ByteWriter::writeLong)
            .toByteArray();
    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(
            "ff"
                + "01"
                + "03"
                + "ac02"
                + "0102030405060708"
                + "066ec3a9"
                + "00"
                + "0100"
                + "040201");
  }

  /** Two where one byte is left, minus one, the largest int, and more than an int holds. */
  @ParameterizedTest
  @ValueSource(strings = {"0461", "0161", "feffffff0f61", "808080808001"})
  void shouldRefuseLengthsThatExceedWhatIsLeft(String corrupt) {
    byte[] bytes = HexFormat.of().parseHex(corrupt);
    assertThatThrownBy(() -> new ByteReader(bytes).readText())
        .isInstanceOf(CorruptStateException.class);
    assertThatThrownBy(() -> new ByteReader(bytes).readAll(ByteReader::readLong))
        .isInstanceOf(CorruptStateException.class);
  }

  @Test
  void shouldRefuseWhatNoWriterWrites() {
    assertThatThrownBy(() -> new ByteReader(new byte[] {2}).readBoolean())
        .isInstanceOf(CorruptStateException.class);
    byte[] endless = new byte[11];
    Arrays.fill(endless, (byte) 0x80);
    assertThatThrownBy(() -> new ByteReader(endless).readLong())
        .isInstanceOf(CorruptStateException.class);
    byte[] wide = new ByteWriter().writeLong(1L << 40).toByteArray();
    assertThatThrownBy(() -> new ByteReader(wide).readInt())
        .isInstanceOf(CorruptStateException.class);
    byte[] unknown = new ByteWriter().writeText("GIFT").toByteArray();
    assertThatThrownBy(() -> new ByteReader(unknown).readEnum(LotKind.class))
        .isInstanceOf(CorruptStateException.class)
        .hasMessageContaining("LotKind")
        .hasMessageContaining("GIFT");
  }
}
