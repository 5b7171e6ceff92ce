package io.tollgate.cli.explain;

import static io.tollgate.cli.explain.ToldRecords.TIME;
import static io.tollgate.cli.explain.ToldRecords.UNIT;
import static io.tollgate.cli.explain.ToldRecords.decision;
import static io.tollgate.cli.explain.ToldRecords.entry;
import static io.tollgate.cli.explain.ToldRecords.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.events.AuthorizationDecided;
import io.tollgate.events.AuthorizationOutcome;
import io.tollgate.events.AuthorizationReleased;
import io.tollgate.events.AuthorizationRequested;
import io.tollgate.events.EntryType;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.LotMovement;
import io.tollgate.events.UsageLine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoriesTest {

  private final ToldRecords told = new ToldRecords();

  @Test
  void shouldSayWhatWasUsedAtWhichPriceAndWhoPaid() {
    LedgerEntry purchase =
        entry(1, EntryType.PURCHASE, "p1", 10 * UNIT, 0, new LotMovement("p1", 10 * UNIT));
    LedgerEntry usage =
        entry(2, EntryType.USAGE, "e1", -1_250_000, 10 * UNIT, new LotMovement("p1", -1_250_000L));
    usage.setLines(List.of(new UsageLine("input", 1_000L, 1_250_000_000L)));
    History history = told.history("e1", purchase, usage);

    Story story = only(told.tell(history, "e1"));

    assertThat(story.headline()).isEqualTo("acme was charged 0.00125 USD for usage e1");
    assertThat(story.details())
        .containsExactly(
            "input: 1,000 at 1.25 a million = 0.00125",
            "exactly 0.00125 USD; whole nanos are debited, and the fraction is carried to the next"
                + " call",
            "taken from p1 (purchase of 10.00 USD at 2026-09-01T10:00:01Z): 0.00125 USD",
            "balance: 10.00 USD before, 9.99875 USD after");
    assertThat(told.tell(history, "acme:2")).hasSize(1);
  }

  @Test
  void shouldSayWhatBecameDebt() {
    LedgerEntry usage = entry(3, EntryType.USAGE, "e1", -8, 7, new LotMovement("p1", -7L));
    usage.setDebtAfterNanos(1);
    usage.setWrittenOffNanos(5);

    Story story = only(told.tell(told.history("e1", usage), "e1"));

    assertThat(story.details())
        .contains(
            "owed: 0.000000001 USD; the debt is 0.000000001 USD",
            "written off, beyond the overdraft limit: 0.000000005 USD");
  }

  @ParameterizedTest
  @EnumSource(EntryType.class)
  void shouldTellEveryTypeOfEntry(EntryType type) {
    LedgerEntry entry = entry(1, type, "cause", 5, 0, new LotMovement("lot", 5L));

    assertThat(only(told.tell(told.history("cause", entry), "cause")).headline())
        .contains("cause", "0.000000005 USD");
  }

  @Test
  void shouldFindAnAuthorizationBeforeItIsSettled() {
    AuthorizationRequested request =
        AuthorizationRequested.newBuilder()
            .setAuthorizationId("a1")
            .setAccountId("acme")
            .setRequestedAt(TIME)
            .setModel("m")
            .setCapabilities(List.of("vision"))
            .setServiceTier("standard")
            .setInputTokens(0)
            .setCachedInputTokens(0)
            .setCacheWriteTokens(0)
            .setOutputTokens(0)
            .setOtherUnits(Map.of())
            .setAmountNanos(4 * UNIT)
            .build();
    AuthorizationDecided allowed = decision("a1", AuthorizationOutcome.ALLOWED);
    History history =
        told.history("a1", allowed, decision("a2", AuthorizationOutcome.ALLOWED), request);

    Story open = only(told.tell(history, "a1"));

    assertThat(open.headline()).isEqualTo("Authorization a1 was allowed");
    assertThat(open.details())
        .containsExactly(
            "it was asked for m with vision, for 4.00 USD",
            "it holds 4.00 USD; 6.00 USD were available after it");
    assertThat(open.next())
        .containsExactly(
            "its hold ends at 2026-09-01T10:10:00.000Z, if it was neither settled nor released"
                + " before");
    assertThat(told.tell(history, "a2")).isEmpty(); // only what is asked for is kept

    LedgerEntry settled =
        entry(2, EntryType.USAGE, "e1", -UNIT, 10 * UNIT, new LotMovement("p1", -UNIT));
    settled.setAuthorizationId("a1");
    assertThat(
            told.tell(
                    told.history(
                        "a1", allowed, settled, new AuthorizationReleased("a1", "acme", TIME, 1L)),
                    "a1")
                .get(0)
                .moments())
        .extracting(Story.Moment::what)
        .containsExactlyInAnyOrder("allowed", "released", "usage e1 settled 1.00 USD");
  }
}
