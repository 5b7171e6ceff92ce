package io.tollgate.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tollgate.events.AccountSuspended;
import io.tollgate.events.Cause;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.ModelPrices;
import io.tollgate.events.RejectedEvent;
import io.tollgate.events.UsageEvent;
import io.tollgate.schemas.EventTypes;
import io.tollgate.schemas.GoldenFiles;
import io.tollgate.schemas.GoldenFiles.Golden;
import io.tollgate.schemas.json.JsonRecords;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventCodecTest {

  private static final long SEED = 20_260_101L;
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  static Stream<Golden> samples() {
    return GoldenFiles.newest();
  }

  static Stream<Schema> types() {
    return EventTypes.all().stream();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldReadWhatItWrote(Golden sample) {
    SpecificRecord event = JsonRecords.fromJson(sample.json(), sample.schema());

    assertThat(EventCodec.decode(EventCodec.encode(event))).isEqualTo(event);
  }

  @ParameterizedTest
  @MethodSource("types")
  void shouldReadWhatItWroteWhenEverythingHasItsDefault(Schema type) {
    SpecificRecord event = JsonRecords.fromJson(JsonNodeFactory.instance.objectNode(), type);

    assertThat(EventCodec.decode(EventCodec.encode(event), Set.of(type))).isEqualTo(event);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldRefuseARecordCutAtAnyLength(Golden sample) {
    byte[] bytes = sample.bytes();

    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      Class<? extends EventDecodingException> expected =
          length < EventCodec.HEADER_LENGTH
              ? NotSingleObjectException.class
              : TruncatedEventException.class;
      assertThatThrownBy(() -> EventCodec.decode(cut))
          .as("%s cut at %d", sample, length)
          .isExactlyInstanceOf(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldRefuseTrailingBytes(Golden sample) {
    byte[] bytes = sample.bytes();

    assertThatThrownBy(() -> EventCodec.decode(Arrays.copyOf(bytes, bytes.length + 3)))
        .isExactlyInstanceOf(TrailingBytesException.class)
        .hasMessageContaining("3 bytes")
        .hasMessageContaining(sample.schema().getName());
  }

  @Test
  void shouldRefuseAnUnknownFingerprint() {
    byte[] bytes = GoldenFiles.of(UsageEvent.getClassSchema()).bytes();
    bytes[2] ^= 1;

    assertThatThrownBy(() -> EventCodec.decode(bytes))
        .isExactlyInstanceOf(UnknownFingerprintException.class)
        .hasMessageMatching(".*[0-9a-f]{16}.*");
  }

  @Test
  void shouldRefuseBytesWithoutTheMarker() {
    assertThatThrownBy(
            () -> EventCodec.decode("{\"eventId\":\"e-1\"}".getBytes(StandardCharsets.UTF_8)))
        .isExactlyInstanceOf(NotSingleObjectException.class)
        .hasMessageContaining("7b 22");
  }

  @Test
  void shouldRefuseAnotherType() {
    byte[] bytes = GoldenFiles.of(UsageEvent.getClassSchema()).bytes();
    Set<Schema> expected = Set.of(ModelPrices.getClassSchema(), LedgerEntry.getClassSchema());

    assertThatThrownBy(() -> EventCodec.decode(bytes, expected))
        .isExactlyInstanceOf(UnexpectedTypeException.class)
        .hasMessage("Found a UsageEvent, expected LedgerEntry or ModelPrices");
  }

  @Test
  void shouldEndRandomBytesWithAnEventOrADecodingException() {
    Random random = new Random(SEED);
    List<Golden> samples = samples().toList();
    for (int round = 0; round < 10_000; round++) {
      byte[] bytes = new byte[random.nextInt(400)];
      random.nextBytes(bytes);
      if (round % 2 == 0) {
        // Half of them get as far as the record itself.
        byte[] header = samples.get(random.nextInt(samples.size())).bytes();
        System.arraycopy(header, 0, bytes, 0, Math.min(EventCodec.HEADER_LENGTH, bytes.length));
      }
      assertDecodesOrIsRefused(bytes, round);
    }
  }

  @Test
  void shouldEndDamagedBytesWithAnEventOrADecodingException() {
    Random random = new Random(SEED);
    List<Golden> samples = samples().toList();
    for (int round = 0; round < 10_000; round++) {
      byte[] bytes = samples.get(random.nextInt(samples.size())).bytes();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      assertDecodesOrIsRefused(bytes, round);
    }
  }

  private static void assertDecodesOrIsRefused(byte[] bytes, int round) {
    try {
      assertThat(EventCodec.decode(bytes)).isNotNull();
    } catch (EventDecodingException e) {
      assertThat(e).as("round %d", round).hasMessageMatching("(?s).+");
    }
  }

  static LongStream lengthsNobodyCanHold() {
    return LongStream.of(
        100, 1_000_000_000L, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE, -1, Long.MIN_VALUE);
  }

  @ParameterizedTest
  @MethodSource("lengthsNobodyCanHold")
  void shouldNotBelieveTheLengthOfAString(long length) {
    assertRefusedAtOnce(AccountSuspended.getClassSchema(), varint(length));
  }

  @ParameterizedTest
  @MethodSource("lengthsNobodyCanHold")
  void shouldNotBelieveTheLengthOfAList(long length) {
    // Aliases of a model come second.
    assertRefusedAtOnce(ModelPrices.getClassSchema(), varint(0), varint(length));
  }

  @ParameterizedTest
  @MethodSource("lengthsNobodyCanHold")
  void shouldNotBelieveTheLengthOfAMap(long length) {
    // Ten fields of usage precede its map: ids, time, model, no capabilities, tier, four numbers.
    byte[] before = new byte[10];
    assertRefusedAtOnce(UsageEvent.getClassSchema(), before, varint(length));
  }

  @ParameterizedTest
  @MethodSource("lengthsNobodyCanHold")
  void shouldNotBelieveTheLengthOfBytes(long length) {
    // Reason, detail, topic, partition, offset, no key; then a value that is there.
    byte[] before = new byte[6];
    assertRefusedAtOnce(RejectedEvent.getClassSchema(), before, varint(1), varint(length));
  }

  private static void assertRefusedAtOnce(Schema type, byte[]... parts) {
    byte[] bytes = event(type, parts);

    Assertions.assertTimeoutPreemptively(
        AT_ONCE,
        () ->
            assertThatThrownBy(() -> EventCodec.decode(bytes))
                .isInstanceOfAny(TruncatedEventException.class, MalformedEventException.class));
  }

  @Test
  void shouldRefuseASymbolThatTheEnumDoesNotHave() {
    assertThatThrownBy(
            () -> EventCodec.decode(event(RejectedEvent.getClassSchema(), varint(99), new byte[9])))
        .isExactlyInstanceOf(MalformedEventException.class)
        .hasMessageContaining("RejectedEvent");
  }

  @Test
  void shouldRefuseAStringThatIsNotUtf8() {
    byte[] invalid = {4, (byte) 0xC3, 0x28, 0, 0};

    assertThatThrownBy(() -> EventCodec.decode(event(AccountSuspended.getClassSchema(), invalid)))
        .isExactlyInstanceOf(MalformedEventException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void shouldKeepAReplacementCharacterThatWasWritten() {
    AccountSuspended event = suspended("a\uFFFDb");

    assertThat(EventCodec.decode(EventCodec.encode(event))).isEqualTo(event);
  }

  @Test
  void shouldRefuseToEncodeWhatIsNoEvent() {
    Cause nested = new Cause("clock", "", 0, 0L);

    assertThatThrownBy(() -> EventCodec.encode(nested))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Cause");
  }

  @Test
  void shouldEncodeTheNextEventRightAfterOneThatWasIncomplete() {
    AccountSuspended complete = suspended("acct-1");
    byte[] expected = EventCodec.encode(complete);
    AccountSuspended incomplete = new AccountSuspended();
    incomplete.setAccountId("acct-2");

    assertThatThrownBy(() -> EventCodec.encode(incomplete))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("AccountSuspended");
    assertThat(EventCodec.encode(complete)).isEqualTo(expected);
  }

  @Test
  void shouldEncodeAndDecodeLargeEvents() {
    AccountSuspended large = suspended("x".repeat(1_000_000));

    assertThat(EventCodec.decode(EventCodec.encode(large))).isEqualTo(large);
    assertThatCode(() -> EventCodec.encode(suspended("acct-1"))).doesNotThrowAnyException();
  }

  @Test
  void shouldServeManyThreads() throws Exception {
    List<Golden> samples = samples().toList();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        byte[] bytes = samples.get(i % samples.size()).bytes();
        tasks.add(() -> Arrays.equals(EventCodec.encode(EventCodec.decode(bytes)), bytes));
      }
      for (Future<Boolean> same : threads.invokeAll(tasks)) {
        assertThat(same.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static AccountSuspended suspended(String accountId) {
    return JsonRecords.fromJson(
        JsonNodeFactory.instance.objectNode().put("accountId", accountId), AccountSuspended.class);
  }

  /** Header of a type, then whatever follows. */
  private static byte[] event(Schema type, byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0xC3);
    out.write(0x01);
    long fingerprint = SchemaNormalization.parsingFingerprint64(type);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      out.write((int) (fingerprint >>> shift));
    }
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] varint(long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
    return out.toByteArray();
  }
}
