package io.tollgate.domain.account;

import static io.tollgate.domain.account.AccountScenario.CENT;
import static io.tollgate.domain.account.AccountScenario.moved;
import static io.tollgate.domain.account.AccountScenario.time;
import static io.tollgate.domain.event.GrantBuilder.grant;
import static io.tollgate.domain.event.PaymentBuilder.payment;
import static io.tollgate.domain.event.UsageBuilder.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.Limits;
import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.effect.Effect.Cause;
import io.tollgate.domain.effect.Effect.EntryType;
import io.tollgate.domain.effect.Effect.LedgerEntry;
import io.tollgate.domain.effect.Effect.Lifetime;
import io.tollgate.domain.effect.Effect.LotBalance;
import io.tollgate.domain.effect.Effect.LotKind;
import io.tollgate.domain.event.AccountEvent.CreditVoided;
import io.tollgate.domain.event.AccountEvent.GrantKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Purchases and grants, and grants that are taken back. */
class CreditTest {

  private static final long START = time("2026-03-01T00:00:00Z");
  private static final long DAY = 86_400_000L;

  private final AccountScenario acme = new AccountScenario().at(START);

  @Test
  void shouldCreditAPurchaseOnArrivalForOneYearFromItsOwnTime() {
    acme.happens(payment("p1", 1000 * CENT).occurredAt(START - DAY));
    LedgerEntry entry = acme.entry();
    assertThat(entry.entryId()).isEqualTo("acme:1");
    assertThat(entry.type()).isEqualTo(EntryType.PURCHASE);
    assertThat(entry.cause()).isEqualTo(new Cause("payment-events", "p1", 0, 0));
    assertThat(entry.occurredAt()).isEqualTo(START - DAY);
    assertThat(entry.recordedAt()).isEqualTo(START);
    assertThat(entry.lotMovements()).containsExactly(moved("p1", 10_00));
    assertThat(acme.balance().lots())
        .containsExactly(
            new LotBalance(
                "p1",
                LotKind.PURCHASED,
                1000 * CENT,
                1000 * CENT,
                0,
                START,
                time("2027-02-28T00:00:00Z")));
    acme.expectNothingMore();
  }

  @ParameterizedTest
  @CsvSource({
    "2028-02-29T12:00:00Z, 2029-02-28T12:00:00Z",
    "2027-02-28T12:00:00Z, 2028-02-28T12:00:00Z",
    "2027-03-01T00:00:00Z, 2028-03-01T00:00:00Z"
  })
  void shouldExpireAPurchaseOneCalendarYearLater(String bought, String expires) {
    acme.at(bought).pays("p1", 10_00);
    assertThat(acme.lot("p1").expiresAt()).isEqualTo(time(expires));
  }

  @Test
  void shouldCreditAPurchaseBelowTheMinimum() {
    acme.happens(payment("p1", 1));
    assertThat(acme.balance().postedNanos()).isOne();
  }

  @Test
  void shouldCreditAPaymentOnce() {
    acme.pays("p1", 10_00)
        .soFar()
        .at(START + 400 * DAY) // payments are remembered for ever
        .soFar()
        .pays("p1", 10_00)
        .expectDuplicate()
        .pays("p1", 10_01)
        .expectRejected(RejectionReason.CONFLICTING_DUPLICATE);
  }

  @Test
  void shouldRefuseAnotherCurrencyAndClaimNoIdentity() {
    acme.happens(payment("p1", 100 * CENT).currency("EUR"))
        .expectRejected(RejectionReason.CURRENCY_MISMATCH)
        .happens(grant("g1", 100 * CENT).currency("EUR"))
        .expectRejected(RejectionReason.CURRENCY_MISMATCH)
        .expectSilence()
        .opens("EUR")
        .soFar()
        .happens(payment("p1", 100 * CENT).currency("EUR"))
        .expectEntry(EntryType.PURCHASE, 1_00, 1_00)
        .happens(grant("g1", 100 * CENT).currency("EUR"))
        .expectEntry(EntryType.GRANT, 1_00, 2_00)
        .pays("p2", 1_00)
        .expectRejected(RejectionReason.CURRENCY_MISMATCH);
    assertThat(acme.balance().currency()).isEqualTo("EUR");
  }

  @ParameterizedTest
  @EnumSource(GrantKind.class)
  void shouldGrantCreditOfEveryKind(GrantKind kind) {
    acme.happens(grant("g1", 100 * CENT).kind(kind).occurredAt(START - 5).effectiveAt(START - 9));
    LedgerEntry entry = acme.entry();
    assertThat(entry.type()).isEqualTo(EntryType.GRANT);
    assertThat(entry.occurredAt()).isEqualTo(START - 5);
    LotBalance lot = acme.lot("g1");
    assertThat(lot.kind().name()).isEqualTo(kind.name());
    assertThat(lot.effectiveAt()).isEqualTo(START - 9);
    assertThat(lot.expiresAt()).as("no end").isNull();
    acme.expectNothingMore();
  }

  @Test
  void shouldLetAGrantTakeEffectAtItsTimeAndNotBefore() {
    acme.happens(grant("g1", 100 * CENT).effectiveAt(START + DAY))
        .expectNothingMore()
        .until(START + DAY - 1)
        .expectNothingMore()
        .expectPosted(0)
        .until(START + DAY);
    LedgerEntry entry = acme.entry();
    assertThat(entry.type()).isEqualTo(EntryType.GRANT);
    assertThat(entry.cause().topic()).isEqualTo("deadline");
    assertThat(entry.cause().id()).isEqualTo("g1");
    assertThat(entry.occurredAt()).isEqualTo(START + DAY);
    assertThat(entry.recordedAt()).isEqualTo(START + DAY);
    acme.expectPosted(1_00).until(START + 3 * DAY).expectNothingMore();
  }

  @Test
  void shouldStartAGrantBeforeARecordOfTheSameTimeIsDecided() {
    acme.mayOverdraw(0)
        .happens(grant("g1", 100 * CENT).effectiveAt(START + DAY))
        .soFar()
        .at(START + DAY)
        .uses("u1", 60)
        .expectEntry(EntryType.GRANT, 1_00, 1_00, moved("g1", 1_00))
        .expectEntry(EntryType.USAGE, -60, 40, moved("g1", -60));
  }

  @Test
  void shouldLetAnExpiredGrantPayDebtAndNothingElse() {
    acme.uses("u1", 30)
        .soFar()
        .happens(grant("g1", 100 * CENT).effectiveAt(START - DAY).expiresAt(START))
        .expectEntry(EntryType.GRANT, 30, 0)
        .expectNothingMore()
        .expectLots()
        .happens(grant("g2", 100 * CENT).effectiveAt(START - DAY).expiresAt(START - 1))
        .expectNothingMore();
    assertThat(acme.balance().lifetime().granted()).isEqualTo(30 * CENT);
    assertThat(acme.nextDeadline()).isEqualTo(AccountRules.NOTHING_DUE);
  }

  @Test
  void shouldTakeAGrantThatEndsBeforeItStartsAsExpired() {
    acme.happens(grant("g1", 100 * CENT).effectiveAt(START + DAY).expiresAt(START + DAY))
        .until(START + 2 * DAY)
        .expectNothingMore()
        .expectPosted(0);
  }

  @Test
  void shouldTakeAGrantOnce() {
    acme.happens(grant("g1", 100 * CENT).effectiveAt(START + DAY))
        .soFar()
        .happens(grant("g1", 100 * CENT).effectiveAt(START + DAY).occurredAt(START + 5))
        .expectDuplicate()
        .happens(grant("g1", 100 * CENT).effectiveAt(START + DAY + 1))
        .expectRejected(RejectionReason.CONFLICTING_DUPLICATE)
        .until(START + 2 * DAY)
        .expectEntry(EntryType.GRANT, 1_00, 1_00)
        .expectNothingMore();
  }

  @Test
  void shouldVoidWhatIsLeft() {
    acme.isGranted("g1", 1_00)
        .uses("u1", 30)
        .soFar()
        .loses("g1")
        .expectEntry(EntryType.VOID, -70, 0, moved("g1", -70))
        .soFar()
        .expectLots()
        .loses("g1")
        .expectDuplicate()
        .happens(new CreditVoided("g1", "acme", START, "fraud"))
        .expectRejected(RejectionReason.CONFLICTING_DUPLICATE)
        .isGranted("g1", 1_00)
        .expectDuplicate();
    assertThat(acme.balance().lifetime().voided()).isEqualTo(70 * CENT);
  }

  @Test
  void shouldNameTheGrantAsTheCauseOfItsVoid() {
    acme.isGranted("g1", 1_00).soFar().happens(new CreditVoided("g1", "acme", START - 7, "fraud"));
    LedgerEntry entry = acme.entry();
    assertThat(entry.cause().topic()).isEqualTo("account-events");
    assertThat(entry.cause().id()).isEqualTo("g1");
    assertThat(entry.occurredAt()).isEqualTo(START - 7);
  }

  @Test
  void shouldWriteNoEntryForAVoidThatTakesNothing() {
    acme.isGranted("g1", 1_00).uses("u1", 1_00).soFar().loses("g1").expectNothingMore();
  }

  @Test
  void shouldMakeAGrantWorthNothingIfItsVoidCameFirst() {
    acme.loses("g1")
        .expectNothingMore()
        .isGranted("g1", 1_00)
        .expectNothingMore()
        .expectPosted(0)
        .isGranted("g1", 1_00)
        .expectDuplicate()
        .happens(grant("g1", 2))
        .expectRejected(RejectionReason.CONFLICTING_DUPLICATE);
  }

  @Test
  void shouldVoidAGrantBeforeItTakesEffectWithoutAWord() {
    acme.happens(grant("g1", 100 * CENT).effectiveAt(START + DAY))
        .loses("g1")
        .until(START + 2 * DAY)
        .expectNothingMore()
        .expectPosted(0);
    assertThat(acme.nextDeadline()).isEqualTo(AccountRules.NOTHING_DUE);
  }

  @Test
  void shouldNotVoidAPurchaseOfTheSameId() {
    acme.pays("x", 1_00).isGranted("x", 50).soFar().loses("x");
    acme.expectEntry(EntryType.VOID, -50, 1_00, moved("x", -50)).expectLots(moved("x", 1_00));
  }

  @Test
  void shouldRefuseCreditBeyondALongAndClaimNoIdentity() {
    acme.happens(grant("g1", Long.MAX_VALUE - 10).effectiveAt(START + DAY))
        .soFar()
        .happens(payment("p1", 11))
        .expectRejected(RejectionReason.OVERFLOW)
        .happens(grant("g2", 11).effectiveAt(START + DAY))
        .expectRejected(RejectionReason.OVERFLOW)
        .happens(payment("p1", 10));
    assertThat(acme.entry().amountNanos()).isEqualTo(10);
    acme.until(START + DAY);
    assertThat(acme.balance().postedNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void shouldLimitGrantsThatWaitOrHaveSomethingLeft() {
    for (int i = 0; i < Limits.GRANTS; i++) {
      acme.happens(grant("g" + i, 1).effectiveAt(START + (i % 2) * DAY));
    }
    acme.soFar()
        .happens(grant("late", 1).effectiveAt(START + DAY))
        .expectRejected(RejectionReason.LIMIT_EXCEEDED)
        .happens(grant("now", 1))
        .expectRejected(RejectionReason.LIMIT_EXCEEDED)
        .pays("p1", 1)
        .loses("g1")
        .soFar()
        .happens(grant("now", 1));
    assertThat(acme.entry().cause().id()).isEqualTo("now");
  }

  @Test
  void shouldCreditAPurchaseWhateverItsIdsUpToWhatMakesSense() {
    acme.happens(payment("p".repeat(Limits.TEXT_BYTES), 1)).soFar();
    assertThat(acme.balance().postedNanos()).isEqualTo(1);
    acme.happens(payment("p".repeat(Limits.TEXT_BYTES + 1), 1))
        .expectRejected(RejectionReason.MALFORMED);
  }

  @Test
  void shouldAccountForALifetime() {
    acme.pays("p1", 10_00)
        .isGranted("g1", 2_00)
        .happens(grant("g2", 300 * CENT).expiresAt(START + DAY))
        .uses("u1", 1_00)
        .loses("g1")
        .until(START + 2 * DAY)
        .happens(usage("u2").input(1300 * CENT));
    assertThat(acme.balance().lifetime())
        .isEqualTo(
            new Lifetime(
                1000 * CENT, 500 * CENT, 1200 * CENT, 200 * CENT, 0, 0, 200 * CENT, 200 * CENT));
    acme.expectPosted(-1_00);
    assertThat(acme.balance().lots()).isEqualTo(List.of());
  }
}
