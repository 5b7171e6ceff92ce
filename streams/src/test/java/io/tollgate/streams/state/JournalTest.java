package io.tollgate.streams.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.domain.codec.CorruptStateException;
import io.tollgate.domain.identity.AuthorizationRecord;
import io.tollgate.domain.identity.Fingerprint;
import io.tollgate.domain.identity.Permit;
import io.tollgate.domain.identity.Remembered;
import io.tollgate.streams.fixture.HeapStores;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {

  private static final int PARTITIONS = 4;
  private static final int BLOCK_ENTRIES = 32;
  private static final List<Input> INPUTS = List.of(Input.values());

  private final KeyValueStore<Bytes, byte[]> store = HeapStores.create(StateStores.JOURNAL);
  private Journal journal = open(PARTITIONS);
  private long nextOffset;

  private void reload() {
    journal = open(PARTITIONS);
  }

  private Journal open(int partitions) {
    return new Journal(store, partitions, (block, entry) -> {});
  }

  private void forgetBefore(long time) {
    journal.forgetBefore(time, block -> {});
  }

  private static Fingerprint id(long number) {
    return Fingerprint.of("account", "UsageEvent", Long.toString(number));
  }

  private void appendUsage(long number, long until) {
    journal.append(
        new JournalEntry(
            Input.USAGE_EVENTS,
            nextOffset++,
            "account",
            new StateChange.None(),
            new Remembered.Usage(id(number), number, until),
            null));
  }

  private static Fingerprint authorizationId(long number) {
    return Fingerprint.of("account", "AuthorizationRequested", Long.toString(number));
  }

  /** Appended for a deadline, as the end of a hold by time is. */
  private void appendAuthorization(long number, String model, long until) {
    journal.append(
        new JournalEntry(
            null, 0, "account", new StateChange.None(), null, authorization(number, model, until)));
  }

  private static Remembered.Authorization authorization(long number, String model, long until) {
    return new Remembered.Authorization(
        authorizationId(number),
        new AuthorizationRecord(
            number, null, new Permit(model, List.of("vision", "tools")), until));
  }

  private void appendOther(int count) {
    for (int i = 0; i < count; i++) {
      journal.append(JournalEntry.skipped(Input.PAYMENT_EVENTS, nextOffset++));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void shouldBeTheSameAfterAReloadAtAnyPoint(long seed) {
    Random random = new Random(seed);
    Map<Input, Long> offsets = new EnumMap<>(Input.class);
    Map<Long, Long> untils = new HashMap<>();
    Map<Long, AuthorizationRecord> authorizations = new HashMap<>();
    long clock = 1;
    for (int i = 0; i < 3_000; i++) {
      clock += random.nextInt(3);
      Input input = INPUTS.get(random.nextInt(INPUTS.size()));
      long offset = offsets.getOrDefault(input, -1L) + 1 + random.nextInt(3);
      Remembered.Usage usage = null;
      if (random.nextInt(3) > 0) {
        long number = random.nextInt(900);
        long until = Math.max(clock + 500, untils.getOrDefault(number, 0L));
        usage = new Remembered.Usage(id(number), number, until);
        untils.put(number, until);
      }
      Remembered.Authorization authorization = null;
      if (random.nextInt(3) == 0) {
        long number = random.nextInt(300);
        authorization = authorization(number, "model-" + i, clock + 400);
        authorizations.put(number, authorization.authorization());
      }
      journal.append(
          new JournalEntry(
              input, offset, "account-" + i, new StateChange.None(), usage, authorization));
      offsets.put(input, offset);
      if (random.nextInt(20) == 0) {
        forgetBefore(clock);
      }
      if (random.nextInt(50) == 0) {
        reload();
      }
      for (Input each : Input.values()) {
        assertThat(journal.offsets().of(each)).isEqualTo(offsets.getOrDefault(each, -1L));
      }
      long asked = random.nextInt(900);
      long until = untils.getOrDefault(asked, -1L);
      assertThat(journal.usage(id(asked), clock)).isEqualTo(until < clock ? null : (Long) asked);
      AuthorizationRecord known = authorizations.get(asked);
      assertThat(journal.authorization(authorizationId(asked), clock))
          .isEqualTo(known == null || known.until() < clock ? null : known);
    }
    int live = journal.remembered();
    reload();
    assertThat(journal.remembered()).isEqualTo(live);
    // What is kept beyond its time is bounded by the blocks that hold something still remembered.
    assertThat(HeapStores.count(store)).isLessThan(150);
  }

  @Test
  void shouldRememberAuthorizationsThatNoInputEnded() {
    appendAuthorization(7, "model", 1_000);
    assertThat(journal.offsets()).isEqualTo(InputOffsets.NONE);
    assertThat(journal.authorization(authorizationId(7), 1_000))
        .isEqualTo(authorization(7, "model", 1_000).authorization());
    assertThat(journal.authorization(authorizationId(7), 1_001)).isNull();
    assertThat(journal.authorization(authorizationId(8), 1_000)).isNull();
    assertThat(journal.usage(id(7), 1_000)).isNull();

    reload();
    assertThat(journal.offsets()).isEqualTo(InputOffsets.NONE);
    assertThat(journal.authorization(authorizationId(7), 1_000)).isNotNull();
  }

  @Test
  void shouldTellTheLastThatIsKnownOfAnAuthorization() {
    appendAuthorization(7, "first", 1_000);
    appendAuthorization(7, "second", 1_000);
    assertThat(journal.authorization(authorizationId(7), 5))
        .isEqualTo(authorization(7, "second", 1_000).authorization());

    appendOther(BLOCK_ENTRIES);
    appendAuthorization(7, "third", 900);
    assertThat(journal.authorization(authorizationId(7), 5))
        .isEqualTo(authorization(7, "third", 900).authorization());
    reload();
    assertThat(journal.authorization(authorizationId(7), 5))
        .isEqualTo(authorization(7, "third", 900).authorization());

    appendOther(BLOCK_ENTRIES);
    assertThat(journal.authorization(authorizationId(7), 5))
        .as("from a closed block")
        .isEqualTo(authorization(7, "third", 900).authorization());
  }

  @Test
  void shouldDropBlocksOfAuthorizationsThatAreForgotten() {
    for (int i = 0; i < BLOCK_ENTRIES; i++) {
      appendAuthorization(i, "model", 1_000 + i);
    }
    appendOther(1);
    forgetBefore(1_000 + BLOCK_ENTRIES - 1);
    assertThat(journal.remembered()).isEqualTo(BLOCK_ENTRIES);
    assertThat(journal.authorization(authorizationId(31), 1_031)).isNotNull();

    forgetBefore(1_000 + BLOCK_ENTRIES);
    assertThat(journal.remembered()).isZero();
    assertThat(HeapStores.count(store)).isEqualTo(1);
  }

  @Test
  void shouldStartWithoutOffsets() {
    assertThat(journal.offsets()).isEqualTo(InputOffsets.NONE);
    for (Input input : Input.values()) {
      assertThat(journal.offsets().of(input)).isEqualTo(-1);
    }
  }

  @Test
  void shouldKeepOneBlockForThirtyTwoEntries() {
    appendOther(BLOCK_ENTRIES);
    assertThat(HeapStores.count(store)).isEqualTo(1);

    appendOther(1);
    assertThat(HeapStores.count(store)).isEqualTo(2);
  }

  @Test
  void shouldStoreEveryEntryAtOnceAlsoThoseOfTheOpenBlock() {
    appendUsage(7, 1_000);
    reload();

    assertThat(journal.usage(id(7), 1_000)).isEqualTo(7);
    assertThat(journal.offsets().usage()).isZero();
  }

  @Test
  void shouldLeaveTheBlockThatWasOpenAsItIsAfterAReload() {
    appendUsage(1, 1_000);
    reload();
    appendUsage(2, 1_000);
    reload();

    assertThat(HeapStores.count(store)).isEqualTo(2);
    assertThat(journal.usage(id(1), 0)).isEqualTo(1);
    assertThat(journal.usage(id(2), 0)).isEqualTo(2);
    assertThat(journal.offsets().usage()).isEqualTo(1);
  }

  @Test
  void shouldDropABlockOnlyWhenAllItsUsageIsBeyondTheHorizon() {
    for (int i = 0; i < BLOCK_ENTRIES; i++) {
      appendUsage(i, 1_000 + i);
    }
    appendOther(BLOCK_ENTRIES);
    long last = 1_000 + BLOCK_ENTRIES - 1;

    forgetBefore(last);
    assertThat(HeapStores.count(store)).isEqualTo(2);
    assertThat(journal.remembered()).isEqualTo(BLOCK_ENTRIES);

    forgetBefore(last + 1);
    assertThat(HeapStores.count(store)).isEqualTo(1);
    assertThat(journal.remembered()).isZero();
  }

  /** Else a duplicate would slip past a restart: too late for the memory, not for the clock. */
  @Test
  void shouldKeepTheTimeByWhichItHasForgotten() {
    appendUsage(1, 1_000);
    appendOther(BLOCK_ENTRIES);

    forgetBefore(5_000);
    reload();

    assertThat(journal.observe(4_000)).isEqualTo(5_000);
  }

  @Test
  void shouldNotDropLaterBlocksBeforeEarlierOnes() {
    appendUsage(1, 5_000);
    appendOther(BLOCK_ENTRIES - 1);
    appendUsage(2, 1_000);
    appendOther(BLOCK_ENTRIES - 1);
    appendOther(BLOCK_ENTRIES);

    forgetBefore(4_000);
    assertThat(HeapStores.count(store)).isEqualTo(3);

    forgetBefore(5_001);
    assertThat(HeapStores.count(store)).isEqualTo(1);
  }

  @Test
  void shouldKnowTheOffsetsAlsoWhenAllUsageIsForgotten() {
    appendUsage(1, 1_000);
    appendOther(3 * BLOCK_ENTRIES);
    InputOffsets before = journal.offsets();

    forgetBefore(Long.MAX_VALUE);
    reload();

    assertThat(journal.offsets()).isEqualTo(before);
    assertThat(journal.remembered()).isZero();
  }

  @Test
  void shouldForgetNothingThatALaterBlockRemembersForLonger() {
    appendUsage(1, 1_000);
    appendOther(BLOCK_ENTRIES - 1);
    appendUsage(1, 9_000);
    appendOther(BLOCK_ENTRIES);

    forgetBefore(2_000);
    assertThat(journal.usage(id(1), 9_000)).isEqualTo(1);

    reload();
    assertThat(journal.usage(id(1), 9_000)).isEqualTo(1);
  }

  @Test
  void shouldGoOnNumberingBlocksAfterAllButTheLastWereDropped() {
    appendOther(4 * BLOCK_ENTRIES);
    forgetBefore(Long.MAX_VALUE);
    reload();
    appendUsage(1, 1_000);
    reload();

    assertThat(journal.usage(id(1), 0)).isEqualTo(1);
    assertThat(journal.offsets().usage()).isEqualTo(nextOffset - 1);
  }

  @Test
  void shouldRefuseStateOfAnotherPartitionCount() {
    appendOther(1);

    assertThatThrownBy(() -> open(PARTITIONS + 1))
        .isInstanceOf(PartitionCountChangedException.class)
        .hasMessageContaining("made for 4 partitions, the topics have 5");
  }

  @Test
  void shouldSayThatABlockOfALaterFormatCannotBeRead() {
    appendOther(1);
    byte[] block = store.get(key(0));
    block[0] = 2;
    store.put(key(0), block);

    assertThatThrownBy(this::reload)
        .isInstanceOf(CorruptStateException.class)
        .hasMessageContaining("format 2");
  }

  @Test
  void shouldRefuseABlockThatWasCutWithinAnEntry() {
    appendUsage(1, 1_000);
    byte[] block = store.get(key(0));
    store.put(key(0), Arrays.copyOf(block, block.length - 1));

    assertThatThrownBy(this::reload).isInstanceOf(CorruptStateException.class);
  }

  @Test
  void shouldReadDamagedBlocksOrCallThemCorruptAndNothingElse() {
    appendUsage(1, 1_000);
    appendOther(3);
    byte[] sound = store.get(key(0));
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = Arrays.copyOf(sound, 1 + random.nextInt(sound.length + 3));
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      try {
        JournalBlock.decode(damaged);
      } catch (CorruptStateException expected) {
        assertThat(expected).hasMessageNotContaining("null");
      }
    }
  }

  private static Bytes key(long block) {
    return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(block).array());
  }
}
