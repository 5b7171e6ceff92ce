package io.tollgate.streams.processor;

import static io.tollgate.schemas.topics.TopicCatalogue.ACCOUNT_EVENTS;
import static io.tollgate.schemas.topics.TopicCatalogue.LEDGER_ENTRIES;
import static io.tollgate.schemas.topics.TopicCatalogue.PAYMENT_EVENTS;
import static io.tollgate.schemas.topics.TopicCatalogue.REFERENCE;
import static io.tollgate.schemas.topics.TopicCatalogue.REJECTED_EVENTS;
import static io.tollgate.schemas.topics.TopicCatalogue.USAGE_EVENTS;
import static io.tollgate.streams.fixture.Events.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tollgate.domain.account.AccountRules;
import io.tollgate.domain.codec.CorruptStateException;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.RejectedEvent;
import io.tollgate.events.RejectionReason;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.streams.config.SourceOffset;
import io.tollgate.streams.fixture.Accounts;
import io.tollgate.streams.fixture.Events;
import io.tollgate.streams.fixture.HeapStores;
import io.tollgate.streams.fixture.TopologyDriver;
import io.tollgate.streams.state.OffsetsWentBackException;
import io.tollgate.streams.state.PartitionCountChangedException;
import io.tollgate.streams.state.ReferenceStore;
import io.tollgate.streams.state.StateStores;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps a task from going on with the wrong records, or the wrong state. */
class GuardsTest {

  private static final int PARTITIONS = 4;
  private static final int PARTITION = 2;
  private static final String ACCOUNT = accountOf(PARTITION);

  private final TaskSettings settings = Accounts.settings(PARTITIONS);
  private final TaskHarness task = new TaskHarness(settings, PARTITION);

  private static String accountOf(int partition) {
    for (int i = 0; ; i++) {
      if (Accounts.home("acct-" + i, PARTITIONS) == partition) {
        return "acct-" + i;
      }
    }
  }

  private void pay(long offset, String paymentId) {
    task.process(PAYMENT_EVENTS, offset, START, Events.payment(ACCOUNT, paymentId, 10).build());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 4, 5})
  void shouldStopAtAnOffsetThatWasApplied(long again) {
    pay(5, "p1");

    assertThatThrownBy(() -> pay(again, "p2"))
        .isInstanceOf(OffsetsWentBackException.class)
        .hasMessageContaining("payment-events")
        .hasMessageContaining("partition 2: offset " + again + " comes after 5");
    assertThat(task.forwarded(LEDGER_ENTRIES, LedgerEntry.class)).hasSize(1);
  }

  @Test
  void shouldKnowTheOffsetsAfterARestart() {
    pay(5, "p1");
    task.restart(settings);

    assertThatThrownBy(() -> pay(5, "p1")).isInstanceOf(OffsetsWentBackException.class);
  }

  @Test
  void shouldGuardTheOffsetsOfRecordsThatHadNoEffect() {
    task.process(PAYMENT_EVENTS, 5, START, new byte[0], new byte[0]);
    pay(6, "p1");
    pay(7, "p1");
    task.restart(settings);

    assertThatThrownBy(() -> pay(5, "p2")).isInstanceOf(OffsetsWentBackException.class);
    assertThatThrownBy(() -> pay(7, "p2")).isInstanceOf(OffsetsWentBackException.class);
    pay(8, "p2");
  }

  @Test
  void shouldCountTheOffsetsOfEachInputByItself() {
    pay(5, "p1");
    task.process(ACCOUNT_EVENTS, 1, START, Events.grant(ACCOUNT, "g", 1).build());
    task.process(USAGE_EVENTS, 0, START, Events.usage(ACCOUNT, "u").build());

    assertThatThrownBy(
            () -> task.process(ACCOUNT_EVENTS, 1, START, Events.grant(ACCOUNT, "h", 1).build()))
        .isInstanceOf(OffsetsWentBackException.class);
  }

  @Test
  void shouldTakeOffsetsWithGaps() {
    pay(5, "p1");
    pay(900, "p2");

    assertThat(task.forwarded(LEDGER_ENTRIES, LedgerEntry.class)).hasSize(2);
  }

  @Test
  void shouldLetClockReferenceAndPricesComeAgain() {
    byte[] key = ReferenceStore.key("price-book", Events.MODEL);
    byte[] prices = EventCodec.encode(Events.prices(Events.MODEL));
    for (int i = 0; i < 2; i++) {
      task.tick(3, START);
      task.process(REFERENCE, 3, START, key, prices);
    }
    assertThat(task.forwarded()).isEmpty();
  }

  @Test
  void shouldNotStartOnStateOfAnotherPartitionCount() {
    pay(0, "p1");

    assertThatThrownBy(() -> task.restart(Accounts.settings(PARTITIONS + 1)))
        .isInstanceOf(PartitionCountChangedException.class)
        .hasMessageContaining("made for 4 partitions, the topics have 5");
  }

  @Test
  void shouldRejectAnAccountOfAnotherPartition() {
    String stranger = accountOf(1);
    task.process(PAYMENT_EVENTS, 0, START, Events.payment(stranger, "p", 10).build());

    RejectedEvent rejected = task.forwarded(REJECTED_EVENTS, RejectedEvent.class).get(0);
    assertThat(rejected.getReason()).isEqualTo(RejectionReason.MISROUTED);
    assertThat(rejected.getDetail()).contains("the account's partition is 1, not 2");
    assertThat(rejected.getSourcePartition()).isEqualTo(PARTITION);
    assertThat(HeapStores.count(task.store(StateStores.ACCOUNTS))).isZero();
  }

  @Test
  void shouldNameTheRecordThatAFaultOfOursCameOutOn() {
    corrupt(ACCOUNT);

    assertThatThrownBy(() -> pay(7, "p1"))
        .isInstanceOf(RecordFaultException.class)
        .hasCauseInstanceOf(CorruptStateException.class)
        .hasMessageContaining("the record at payment-events:2:7")
        .hasMessageContaining("add payment-events:2:7 to the setting quarantine");
    assertThat(task.forwarded()).isEmpty();
    assertThat(HeapStores.count(task.store(StateStores.JOURNAL))).isZero();
  }

  @Test
  void shouldPassOverExactlyTheRecordThatIsQuarantined() {
    TaskSettings quarantining =
        Accounts.settings(PARTITIONS, new SourceOffset("payment-events", PARTITION, 7));
    task.restart(quarantining);
    pay(6, "p6");
    pay(7, "p7");
    pay(8, "p8");
    task.process(ACCOUNT_EVENTS, 7, START, Events.grant(ACCOUNT, "g7", 1).build());

    assertThat(task.forwarded())
        .filteredOn(
            record ->
                record.topic().equals(LEDGER_ENTRIES.name())
                    || record.topic().equals(REJECTED_EVENTS.name()))
        .extracting(
            record ->
                record.value() instanceof RejectedEvent rejected
                    ? rejected.getReason() + " " + rejected.getSourceOffset()
                    : record.as(LedgerEntry.class).getCause().getId())
        .containsExactly("p6", "QUARANTINED 7", "p8", "g7");
  }

  @Test
  void shouldPassOverAQuarantinedRecordWhoseAccountCannotBeRead() {
    corrupt(ACCOUNT);
    task.restart(Accounts.settings(PARTITIONS, new SourceOffset("payment-events", PARTITION, 7)));

    pay(7, "p7");

    assertThat(task.forwarded(REJECTED_EVENTS, RejectedEvent.class))
        .singleElement()
        .satisfies(
            rejected -> {
              assertThat(rejected.getReason()).isEqualTo(RejectionReason.QUARANTINED);
              assertThat(rejected.getSourceTopic()).isEqualTo("payment-events");
              assertThat(rejected.getSourcePartition()).isEqualTo(PARTITION);
              assertThat(rejected.getSourceOffset()).isEqualTo(7);
            });
  }

  /** A snapshot that ends behind its header: format, and no deadline. */
  private void corrupt(String accountId) {
    byte[] snapshot =
        ByteBuffer.allocate(1 + Long.BYTES).put((byte) 1).putLong(AccountRules.NOTHING_DUE).array();
    task.store(StateStores.ACCOUNTS)
        .put(Bytes.wrap(accountId.getBytes(StandardCharsets.UTF_8)), snapshot);
  }

  @Test
  void shouldPassOverAQuarantinedRecordOfTheReference() {
    task.restart(Accounts.settings(PARTITIONS, new SourceOffset("reference", PARTITION, 3)));

    task.process(
        REFERENCE,
        3,
        START,
        TopologyDriver.utf8("price-book/odd"),
        EventCodec.encode(Events.prices("odd")));

    assertThat(task.forwarded(REJECTED_EVENTS, RejectedEvent.class))
        .extracting(RejectedEvent::getReason, RejectedEvent::getSourceTopic)
        .containsExactly(tuple(RejectionReason.QUARANTINED, "reference"));
    assertThat(HeapStores.count(task.store(StateStores.REFERENCE))).isZero();
  }
}
