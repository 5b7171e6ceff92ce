package io.tollgate.streams.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.domain.codec.ByteReader;
import io.tollgate.domain.codec.ByteWriter;
import io.tollgate.domain.codec.CorruptStateException;
import io.tollgate.domain.effect.Effect.Cause;
import io.tollgate.domain.event.AccountEvent.DisputeStatus;
import io.tollgate.domain.event.AccountEvent.DisputeUpdated;
import io.tollgate.domain.event.AccountEvent.PaymentRefunded;
import io.tollgate.domain.event.AccountEvent.RefundStatus;
import io.tollgate.domain.identity.AuthorizationRecord;
import io.tollgate.domain.identity.AuthorizationRecord.Release;
import io.tollgate.domain.identity.Fingerprint;
import io.tollgate.domain.identity.GrantRecord;
import io.tollgate.domain.identity.PaymentRecord;
import io.tollgate.domain.identity.PaymentRecord.Reversed;
import io.tollgate.domain.identity.Permit;
import io.tollgate.domain.identity.PhoneRecord;
import io.tollgate.domain.identity.Remembered;
import io.tollgate.domain.identity.ReversalRecord;
import io.tollgate.domain.identity.WaitingReversal;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.streams.fixture.HeapStores;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** The bytes that running installations hold: a release that reads them differently loses money. */
class StateFormatTest {

  private static final JournalBlock BLOCK =
      new JournalBlock(
          64,
          1_000,
          new InputOffsets(300, -1, 5, 0, 2),
          List.of(
              new JournalEntry(
                  Input.USAGE_EVENTS,
                  301,
                  "acct-é",
                  new StateChange.Delta(Bytes.wrap(new byte[] {5, 6})),
                  new Remembered.Usage(
                      new Fingerprint(0x0102030405060708L, 0x090A0B0C0D0E0F10L), -2L, 1_000L),
                  null),
              JournalEntry.skipped(Input.ACCOUNT_EVENTS, 1),
              new JournalEntry(
                  null,
                  0,
                  "a",
                  new StateChange.Saved(),
                  null,
                  new Remembered.Authorization(
                      new Fingerprint(1, 2),
                      new AuthorizationRecord(
                          -1L, new Release(3, 4L), new Permit("m", List.of("c")), 1_000)))));

  private static final String BLOCK_BYTES =
      // Format, partitions, latest time, the five offsets.
      "01 8001 d00f d804 01 0a 00 04"
          // Input, offset, account, its delta, usage: fingerprint, digest, until.
          + "00 da04 0e616363742dc3a9 01 04 0506"
          + "01 0102030405060708 090a0b0c0d0e0f10 fffffffffffffffe d00f 00"
          // Input, offset, no account, no change, no usage, no authorization.
          + "03 02 00 00 00 00"
          // A deadline, no offset, account, saved, no usage.
          + "ff 00 0261 02 00"
          // Authorization: fingerprint, request, release, permit, until.
          + "01 0000000000000001 0000000000000002 01 ffffffffffffffff"
          + "01 0000000000000003 01 08 01 01 026d 02 0263 d00f";

  @Test
  void shouldWriteJournalBlocksAsEver() {
    ByteWriter out = new ByteWriter();
    JournalBlock.writeHeader(out, BLOCK.partitions(), BLOCK.latestTime(), BLOCK.offsetsBefore());
    BLOCK.entries().forEach(entry -> entry.write(out));
    assertThat(hex(out.toByteArray())).isEqualTo(BLOCK_BYTES.replace(" ", ""));
  }

  @Test
  void shouldReadJournalBlocksAsEver() {
    assertThat(JournalBlock.decode(bytes(BLOCK_BYTES))).isEqualTo(BLOCK);
  }

  @Test
  void shouldTellTheOffsetsBehindABlock() {
    assertThat(BLOCK.offsetsAfter()).isEqualTo(new InputOffsets(301, -1, 5, 1, 2));
    assertThat(JournalBlock.rememberedUntil(BLOCK.entries())).isEqualTo(1_000);
    assertThat(JournalBlock.rememberedUntil(List.of())).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void shouldWriteOffsetsAsEver() {
    ByteWriter out = new ByteWriter();
    new InputOffsets(1, 2, 3, -1, 4).write(out);

    assertThat(hex(out.toByteArray())).isEqualTo("0204060108");
    assertThat(InputOffsets.read(new ByteReader(bytes("0204060108"))))
        .isEqualTo(new InputOffsets(1, 2, 3, -1, 4));
  }

  @Test
  void shouldMoveOneOffsetAtATime() {
    InputOffsets offsets = InputOffsets.NONE;
    for (Input input : Input.values()) {
      InputOffsets before = offsets;
      offsets = offsets.with(input, 10 + input.code());
      assertThat(offsets.of(input)).isEqualTo(10 + input.code());
      for (Input other : Input.values()) {
        if (other != input) {
          assertThat(offsets.of(other)).isEqualTo(before.of(other));
        }
      }
    }
  }

  @Test
  void shouldKeepTheCodesOfInputs() {
    assertThat(Input.USAGE_EVENTS.code()).isZero();
    assertThat(Input.AUTHORIZATION_REQUESTS.code()).isEqualTo(1);
    assertThat(Input.PAYMENT_EVENTS.code()).isEqualTo(2);
    assertThat(Input.ACCOUNT_EVENTS.code()).isEqualTo(3);
    assertThat(Input.CLAIM_ANSWERS.code()).isEqualTo(4);
    for (Input input : Input.values()) {
      assertThat(Input.ofCode(input.code())).isEqualTo(input);
      assertThat(Input.ofTopic(input.topic().name())).isEqualTo(input);
    }
    assertThatThrownBy(() -> Input.ofCode(5)).isInstanceOf(CorruptStateException.class);
  }

  @Test
  void shouldCallNoOtherTopicAnInputOfAccounts() {
    assertThat(Input.ofTopic(TopicCatalogue.CLOCK.name())).isNull();
    assertThat(Input.ofTopic(TopicCatalogue.REFERENCE.name())).isNull();
    assertThat(Input.ofTopic(TopicCatalogue.LEDGER_ENTRIES.name())).isNull();
  }

  @Test
  void shouldKeepPaymentsAsEver() {
    assertKept(
        new Remembered.Payment(
            "p",
            new PaymentRecord(-1, 5, 6, 7, 8, "a:1", null, new Reversed(1, 2, 3, 4), List.of("q"))),
        "0261" + "01" + "0270",
        "01 ffffffffffffffff 0a0c0e10 0106613a31 00 02040608 020271");
  }

  @Test
  void shouldKeepGrantsAsEver() {
    assertKept(
        new Remembered.Grant("g", new GrantRecord(null, 9L)),
        "0261" + "02" + "0267",
        "01" + "00" + "0112");
  }

  @Test
  void shouldKeepRefundsAndDisputesAsEver() {
    assertKept(
        new Remembered.Refund(
            "r",
            ReversalRecord.<RefundStatus>of("p")
                .claimed(RefundStatus.FAILED, -1)
                .raised(RefundStatus.FAILED, 5, 6)),
        "0261" + "03" + "0272",
        "01 0270 02 0c4641494c4544 ffffffffffffffff 01 0c4641494c4544 0a0c");
    assertKept(
        new Remembered.Dispute("d", ReversalRecord.of("p")), "0261 04 0264", "01 0270 00 00 0000");
  }

  @Test
  void shouldKeepPhonesAsEver() {
    assertKept(
        new Remembered.Phone("h", new PhoneRecord(5, "t", 6, true)),
        "0261 08 0268",
        "01 0a 0274 0c 01");
  }

  @Test
  void shouldKeepWhatWaitsAsEver() {
    assertKept(
        new Remembered.Waiting(
            "p",
            List.of(
                new WaitingReversal(
                    new PaymentRefunded("r", "p", "a", 5, RefundStatus.FAILED, 6),
                    new Cause("t", "r", 7, 8)),
                new WaitingReversal(
                    new DisputeUpdated("d", "p", "a", 5, DisputeStatus.WON, 6),
                    new Cause("t", "d", 7, 8)))),
        "0261 05 0270",
        "01 04"
            + "01 0272 0c4641494c4544 0270 0261 0a0c 0274 0272 0e10"
            + "02 0264 06574f4e 0270 0261 0a0c 0274 0264 0e10");
  }

  @Test
  void shouldKeepRefundRequestsAsEver() {
    assertKept(new Remembered.RefundRequest("q", -1), "0261 06 0271", "01" + "ffffffffffffffff");
  }

  private static void assertKept(Remembered remembered, String key, String value) {
    KeyValueStore<Bytes, byte[]> store = HeapStores.create(StateStores.PAYMENTS);
    new ForeverStore(store).put("a", remembered);
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      KeyValue<Bytes, byte[]> only = all.next();
      assertThat(hex(only.key.get())).isEqualTo(key.replace(" ", ""));
      assertThat(hex(only.value)).isEqualTo(value.replace(" ", ""));
      assertThat(all.hasNext()).isFalse();
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
