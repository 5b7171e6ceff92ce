package io.tollgate.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.FastReaderBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedDecoderTest {

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 63, 64, -64, -65, 1L << 31, Long.MAX_VALUE, Long.MIN_VALUE})
  void shouldReadEveryLong(long value) throws IOException {
    assertThat(decoder(encoder -> encoder.writeLong(value)).readLong()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, -1, 63, 64, -64, -65, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void shouldReadEveryInt(int value) throws IOException {
    assertThat(decoder(encoder -> encoder.writeInt(value)).readInt()).isEqualTo(value);
  }

  @Test
  void shouldReadFloatingPointNumbers() throws IOException {
    BoundedDecoder decoder =
        decoder(
            encoder -> {
              encoder.writeFloat(1.5f);
              encoder.writeDouble(-2.25);
            });

    assertThat(decoder.readFloat()).isEqualTo(1.5f);
    assertThat(decoder.readDouble()).isEqualTo(-2.25);
    assertThat(decoder.remaining()).isZero();
  }

  @Test
  void shouldRefuseAnIntThatIsALong() throws IOException {
    BoundedDecoder decoder = decoder(encoder -> encoder.writeLong(1L << 33));

    assertThatThrownBy(decoder::readInt).isInstanceOf(MalformedEventException.class);
  }

  @Test
  void shouldRefuseANumberThatNeverEnds() {
    byte[] bytes = new byte[20];
    Arrays.fill(bytes, (byte) 0xFF);

    assertThatThrownBy(() -> new BoundedDecoder(bytes, 0).readLong())
        .isInstanceOf(MalformedEventException.class);
  }

  @Test
  void shouldRefuseABooleanThatIsNeither() {
    assertThatThrownBy(() -> new BoundedDecoder(new byte[] {2}, 0).readBoolean())
        .isInstanceOf(MalformedEventException.class);
  }

  @Test
  void shouldRefuseANegativeIndex() throws IOException {
    assertThatThrownBy(() -> decoder(encoder -> encoder.writeInt(-1)).readIndex())
        .isInstanceOf(MalformedEventException.class);
  }

  @Test
  void shouldReadBlocksThatGiveTheirSize() throws IOException {
    BoundedDecoder decoder =
        decoder(
            encoder -> {
              encoder.writeLong(-2);
              encoder.writeLong(2);
              encoder.writeInt(5);
              encoder.writeInt(6);
              encoder.writeLong(0);
            });

    assertThat(decoder.readArrayStart()).isEqualTo(2);
    assertThat(decoder.readInt()).isEqualTo(5);
    assertThat(decoder.readInt()).isEqualTo(6);
    assertThat(decoder.arrayNext()).isZero();
  }

  @Test
  void shouldSkipBlocksThatGiveTheirSize() throws IOException {
    BoundedDecoder decoder =
        decoder(
            encoder -> {
              encoder.writeLong(-2);
              encoder.writeLong(2);
              encoder.writeInt(5);
              encoder.writeInt(6);
              encoder.writeLong(0);
              encoder.writeInt(7);
            });

    assertThat(decoder.skipArray()).isZero();
    assertThat(decoder.readInt()).isEqualTo(7);
  }

  @Test
  void shouldPassOverFieldsAndSymbolsOfAVersionNotYetKnown() throws IOException {
    Schema written = versionTwo();
    GenericRecord value =
        new GenericRecordBuilder(written)
            .set("tags", List.of("a", "b"))
            .set("counts", Map.of("x", 1L))
            .set("blob", ByteBuffer.wrap(new byte[] {1, 2, 3}))
            .set("hash", new GenericData.Fixed(written.getField("hash").schema(), new byte[4]))
            .set("note", "new")
            .set("state", new GenericData.EnumSymbol(written.getField("state").schema(), "PAUSED"))
            .set("id", "r-1")
            .build();
    BoundedDecoder decoder =
        decoder(encoder -> new GenericDatumWriter<>(written).write(value, encoder));

    GenericRecord read =
        FastReaderBuilder.get()
            .<GenericRecord>createDatumReader(written, versionOne())
            .read(null, decoder);

    assertThat(read.get("id")).hasToString("r-1");
    assertThat(read.get("state")).hasToString("UNKNOWN");
    assertThat(decoder.remaining()).isZero();
  }

  private static Schema versionOne() {
    return SchemaBuilder.record("Sample")
        .fields()
        .name("state")
        .type(state("UNKNOWN", "ACTIVE"))
        .noDefault()
        .requiredString("id")
        .endRecord();
  }

  private static Schema versionTwo() {
    return SchemaBuilder.record("Sample")
        .fields()
        .name("tags")
        .type(Schema.createArray(Schema.create(Schema.Type.STRING)))
        .noDefault()
        .name("counts")
        .type(Schema.createMap(Schema.create(Schema.Type.LONG)))
        .noDefault()
        .requiredBytes("blob")
        .name("hash")
        .type(Schema.createFixed("Hash", null, null, 4))
        .noDefault()
        .requiredString("note")
        .name("state")
        .type(state("UNKNOWN", "ACTIVE", "PAUSED"))
        .noDefault()
        .requiredString("id")
        .endRecord();
  }

  private static Schema state(String... symbols) {
    return Schema.createEnum("State", null, null, List.of(symbols), "UNKNOWN");
  }

  @FunctionalInterface
  private interface Writing {
    void to(BinaryEncoder encoder) throws IOException;
  }

  private static BoundedDecoder decoder(Writing writing) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    writing.to(encoder);
    encoder.flush();
    return new BoundedDecoder(out.toByteArray(), 0);
  }
}
