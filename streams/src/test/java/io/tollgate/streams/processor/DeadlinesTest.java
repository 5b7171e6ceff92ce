package io.tollgate.streams.processor;

import static io.tollgate.schemas.topics.TopicCatalogue.ACCOUNT_EVENTS;
import static io.tollgate.schemas.topics.TopicCatalogue.LEDGER_ENTRIES;
import static io.tollgate.schemas.topics.TopicCatalogue.USAGE_EVENTS;
import static io.tollgate.streams.fixture.Events.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.events.EntryType;
import io.tollgate.events.LedgerEntry;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.streams.fixture.Accounts;
import io.tollgate.streams.fixture.Events;
import io.tollgate.streams.processor.TaskHarness.Forwarded;
import io.tollgate.streams.state.ReferenceStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens by time alone: on ticks, before records, behind the backlog. */
class DeadlinesTest {

  /** Of the processor: what is due beyond it waits for the next tick. */
  private static final int PER_TICK = 10_000;

  private final TaskSettings settings = Accounts.settings(1);
  private final TaskHarness task = new TaskHarness(settings, 0);
  private long nextOffset;

  private void grant(String accountId, String grantId, Duration delay) {
    task.process(
        ACCOUNT_EVENTS,
        nextOffset++,
        START,
        Events.grant(accountId, grantId, 1).setEffectiveAt(START.plus(delay)).build());
  }

  private void tick(Duration after) {
    task.tick(nextOffset++, START.plus(after));
  }

  private List<LedgerEntry> entries() {
    return task.forwarded(LEDGER_ENTRIES, LedgerEntry.class);
  }

  @Test
  void shouldFireInTheOrderOfTimeThenOfAccounts() {
    grant("b", "late", Duration.ofMinutes(30));
    grant("c", "early", Duration.ofMinutes(10));
    grant("a", "late", Duration.ofMinutes(30));
    grant("d", "early", Duration.ofMinutes(10));
    grant("a", "middle", Duration.ofMinutes(20));
    grant("c", "last", Duration.ofMinutes(31));
    task.forwarded();

    tick(Duration.ofHours(1));

    assertThat(entries())
        .extracting(entry -> entry.getAccountId() + " " + entry.getCause().getId())
        .containsExactly("c early", "d early", "a middle", "a late", "b late", "c last");
  }

  @Test
  void shouldFireOnceAndAtItsOwnTime() {
    grant("a", "g", Duration.ofMinutes(10));
    task.forwarded();

    tick(Duration.ofMinutes(10).minusMillis(1));
    assertThat(task.forwarded()).isEmpty();

    tick(Duration.ofMinutes(15));
    Instant due = START.plus(Duration.ofMinutes(10));
    List<Forwarded> fired = task.forwarded();
    assertThat(fired).isNotEmpty().extracting(Forwarded::time).containsOnly(due);
    LedgerEntry entry = fired.get(0).as(LedgerEntry.class);
    assertThat(entry.getRecordedAt()).isEqualTo(due);
    assertThat(entry.getCause().getTopic()).isEqualTo("deadline");
    assertThat(entry.getCause().getId()).isEqualTo("g");

    tick(Duration.ofMinutes(15));
    tick(Duration.ofMinutes(20));
    assertThat(task.forwarded()).isEmpty();
  }

  @Test
  void shouldFireAtTheVeryTimeItIsDue() {
    grant("a", "g", Duration.ofMinutes(10));
    task.forwarded();

    tick(Duration.ofMinutes(10));

    assertThat(entries()).hasSize(1);
  }

  @Test
  void shouldFireBeforeARecordOfTheAccountWhatIsDueByThen() {
    task.process(
        TopicCatalogue.REFERENCE,
        0,
        START,
        ReferenceStore.key("price-book", Events.MODEL),
        EventCodec.encode(Events.prices(Events.MODEL)));
    grant("a", "second", Duration.ofMinutes(20));
    grant("a", "first", Duration.ofMinutes(10));
    grant("a", "not yet", Duration.ofMinutes(31));
    grant("b", "of another", Duration.ofMinutes(10));
    task.forwarded();

    Instant time = START.plus(Duration.ofMinutes(30));
    task.process(USAGE_EVENTS, 0, time, Events.usage("a", "u").setOccurredAt(time).build());

    List<LedgerEntry> entries = entries();
    assertThat(entries)
        .extracting(entry -> entry.getCause().getId())
        .containsExactly("first", "second", "u");
    assertThat(entries)
        .extracting(LedgerEntry::getRecordedAt)
        .containsExactly(
            START.plus(Duration.ofMinutes(10)), START.plus(Duration.ofMinutes(20)), time);
    assertThat(entries.get(2).getType()).isEqualTo(EntryType.USAGE);
  }

  @Test
  void shouldFireWhatARecordMakesDueAtOnceWithTheNextTickAtItsOwnTime() {
    Instant time = START.plus(Duration.ofDays(300));
    // Its notice 30 days before the end lies exactly at its arrival.
    task.process(
        ACCOUNT_EVENTS,
        0,
        time,
        Events.grant("a", "g", 2)
            .setEffectiveAt(time)
            .setExpiresAt(time.plus(Duration.ofDays(30)))
            .build());
    assertThat(task.forwarded())
        .extracting(TaskHarness.Forwarded::topic)
        .doesNotContain("balance-alerts");

    task.tick(0, time.plusSeconds(1));
    assertThat(task.forwarded())
        .filteredOn(record -> record.topic().equals("balance-alerts"))
        .singleElement()
        .satisfies(record -> assertThat(record.time()).isEqualTo(time));
  }

  @Test
  void shouldNotFireForARecordOfTheBacklogThatArrivedBefore() {
    grant("a", "g", Duration.ofMinutes(10));
    task.forwarded();

    Instant before = START.plus(Duration.ofMinutes(9));
    task.process(ACCOUNT_EVENTS, nextOffset++, before, Events.grant("a", "h", 1).build());

    assertThat(entries()).extracting(entry -> entry.getCause().getId()).containsExactly("h");
  }

  @Test
  void shouldBoundWhatOneTickFires() {
    int left = 3;
    for (int i = 0; i < PER_TICK + left; i++) {
      grant("account-%05d".formatted(i), "g", Duration.ofMinutes(10));
    }
    task.forwarded();

    tick(Duration.ofMinutes(11));
    assertThat(entries())
        .hasSize(PER_TICK)
        .last()
        .extracting(LedgerEntry::getAccountId)
        .isEqualTo("account-%05d".formatted(PER_TICK - 1));

    // What is left fires before the account's next record, or else at the next tick.
    String last = "account-%05d".formatted(PER_TICK + left - 1);
    task.process(
        ACCOUNT_EVENTS,
        nextOffset++,
        START.plus(Duration.ofMinutes(12)),
        Events.grant(last, "h", 1).build());
    assertThat(entries()).extracting(entry -> entry.getCause().getId()).containsExactly("g", "h");

    tick(Duration.ofMinutes(11));
    assertThat(entries())
        .extracting(LedgerEntry::getAccountId)
        .containsExactly(
            "account-%05d".formatted(PER_TICK), "account-%05d".formatted(PER_TICK + 1));
  }

  @Test
  void shouldRememberDeadlinesOverARestart() {
    grant("a", "g", Duration.ofMinutes(10));
    grant("b", "g", Duration.ofMinutes(5));
    task.forwarded();
    task.restart(settings);

    tick(Duration.ofMinutes(7));
    assertThat(entries()).extracting(LedgerEntry::getAccountId).containsExactly("b");
    task.restart(settings);

    tick(Duration.ofMinutes(20));
    assertThat(entries()).extracting(LedgerEntry::getAccountId).containsExactly("a");
  }
}
