package io.tollgate.domain.account;

import static io.tollgate.domain.account.AccountScenario.CENT;
import static io.tollgate.domain.account.AccountScenario.moved;
import static io.tollgate.domain.account.AccountScenario.time;
import static io.tollgate.domain.event.GrantBuilder.grant;
import static io.tollgate.domain.event.PaymentBuilder.payment;
import static io.tollgate.domain.event.UsageBuilder.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.effect.Effect.AlertType;
import io.tollgate.domain.effect.Effect.BalanceAlert;
import io.tollgate.domain.effect.Effect.BlockReason;
import io.tollgate.domain.effect.Effect.EntryType;
import io.tollgate.domain.effect.Effect.LedgerEntry;
import io.tollgate.domain.event.AccountEvent.OverdraftConfigured;
import io.tollgate.domain.rating.ModelPrices;
import io.tollgate.domain.rating.PriceRow;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who pays for usage: lots in drain order, then the overdraft, then nobody. */
class UsageDebitTest {

  private static final long START = time("2026-03-01T00:00:00Z");
  private static final long DAY = 86_400_000L;

  private final AccountScenario acme = new AccountScenario().at(START);

  @Test
  void shouldCarryTheFractionBelowANano() {
    acme.reference.put(
        new ModelPrices(
            "third", List.of(), List.of(new PriceRow("input", "standard", 0, 333_333, 0))));
    acme.pays("p1", 10_00).soFar();
    long debited = 0;
    for (int i = 1; i <= 7; i++) {
      acme.happens(usage("u" + i).model("third").input(1));
      debited -= acme.entry().amountNanos();
      assertThat(debited).isEqualTo(i * 333_333L / 1_000_000);
    }
    assertThat(debited).isEqualTo(2);
  }

  @Test
  void shouldNotMoveTheCarryForUsageThatIsNotCharged() {
    acme.reference.put(
        new ModelPrices(
            "most", List.of(), List.of(new PriceRow("input", "standard", 0, 999_999, 0))));
    acme.pays("p1", 10_00)
        .isSuspended()
        .happens(usage("u1").model("most").input(1))
        .isReinstated()
        .soFar()
        .happens(usage("u2").model("most").input(1));
    assertThat(acme.entry().amountNanos()).isZero();
    acme.happens(usage("u3").model("most").input(1));
    assertThat(acme.entry().amountNanos()).isEqualTo(-1);
  }

  @Test
  void shouldWriteAnEntryOfNothingForUsageThatCostsNothing() {
    acme.mayOverdraw(0).soFar().uses("u1", 0).expectEntry(EntryType.USAGE, 0, 0);
    acme.expectNothingMore();
  }

  @Test
  void shouldDrainByPriorityFirst() {
    acme.happens(payment("a", 100 * CENT))
        .happens(grant("b", 100 * CENT).priority(51))
        .happens(grant("c", 100 * CENT).priority(49))
        .happens(grant("d", 100 * CENT).priority(-1))
        .soFar()
        .uses("u1", 3_50)
        .expectEntry(
            EntryType.USAGE,
            -3_50,
            50,
            moved("d", -1_00),
            moved("c", -1_00),
            moved("a", -1_00),
            moved("b", -50))
        .expectLots(moved("b", 50));
  }

  @Test
  void shouldDrainFreeCreditBeforePurchased() {
    acme.happens(payment("a", 100 * CENT))
        .happens(grant("b", 100 * CENT)) // never expires, and still goes first
        .soFar()
        .uses("u1", 1_50)
        .expectEntry(EntryType.USAGE, -1_50, 50, moved("b", -1_00), moved("a", -50));
  }

  @Test
  void shouldDrainTheSoonestExpiryFirstAndNoneLast() {
    acme.happens(grant("a", 100 * CENT))
        .happens(grant("b", 100 * CENT).expiresAt(START + 2 * DAY))
        .happens(grant("c", 100 * CENT).expiresAt(START + DAY))
        .expectLots(moved("c", 1_00), moved("b", 1_00), moved("a", 1_00));
  }

  @Test
  void shouldDrainPurchasesByTheirExpiryToo() {
    acme.happens(payment("a", 100 * CENT).occurredAt(START))
        .happens(payment("b", 100 * CENT).occurredAt(START - DAY))
        .expectLots(moved("b", 1_00), moved("a", 1_00));
  }

  @Test
  void shouldDrainTheEarlierEffectAndThenTheSmallerIdFirst() {
    acme.happens(grant("b", 100 * CENT).effectiveAt(START))
        .happens(grant("a", 100 * CENT).effectiveAt(START))
        .happens(grant("z", 100 * CENT).effectiveAt(START - 1))
        .expectLots(moved("z", 1_00), moved("a", 1_00), moved("b", 1_00));
  }

  @Test
  void shouldRunIntoDebtUpToTheDefaultOfOneDollarAndWriteOffTheRest() {
    acme.pays("p1", 1_00).soFar().uses("u1", 2_50);
    LedgerEntry entry = acme.entry();
    assertThat(entry.amountNanos()).isEqualTo(-2_00 * CENT);
    assertThat(entry.balanceAfterNanos()).isEqualTo(-1_00 * CENT);
    assertThat(entry.lotMovements()).containsExactly(moved("p1", -1_00));
    assertThat(entry.debtAfterNanos()).isEqualTo(1_00 * CENT);
    assertThat(entry.writtenOffNanos()).isEqualTo(50 * CENT);
    acme.expectAlert(AlertType.EXHAUSTED, "0:1");
    BalanceAlert alert = acme.alert();
    assertThat(alert.alertId()).isEqualTo("acme:OVERDRAFT_WRITTEN_OFF:u1");
    assertThat(alert.causeId()).isEqualTo("u1");
    assertThat(alert.balanceNanos()).isEqualTo(-1_00 * CENT);
    acme.expectNothingMore();
    assertThat(acme.balance().lifetime().writtenOff()).isEqualTo(50 * CENT);
    assertThat(acme.balance().lifetime().used()).isEqualTo(2_00 * CENT);
  }

  @Test
  void shouldBlockOnlyIfNothingAtAllCanPay() {
    acme.mayOverdraw(10)
        .soFar()
        .uses("u1", 9)
        .expectEntry(EntryType.USAGE, -9, -9)
        .uses("u2", 5)
        .expectEntry(EntryType.USAGE, -1, -10)
        .expectAlert(AlertType.OVERDRAFT_WRITTEN_OFF, "u2")
        .uses("u3", 5)
        .expectBlocked("u3", BlockReason.INSUFFICIENT_CREDIT)
        .happens(grant("g1", 11 * CENT))
        .expectEntry(EntryType.GRANT, 11, 1, moved("g1", 1))
        .soFar()
        .uses("u4", 20)
        .expectEntry(EntryType.USAGE, -11, -10, moved("g1", -1));
    acme.soFar().uses("u5", 0).expectEntry(EntryType.USAGE, 0, -10).expectNothingMore();
  }

  @Test
  void shouldTakeAnOverdraftOfNothingLiterally() {
    acme.mayOverdraw(0).pays("p1", 1).soFar().uses("u1", 3).expectEntry(EntryType.USAGE, -1, 0);
    acme.expectAlert(AlertType.EXHAUSTED, "0:1")
        .expectAlert(AlertType.OVERDRAFT_WRITTEN_OFF, "u1")
        .expectDebt(0)
        .uses("u2", 1)
        .expectBlocked("u2", BlockReason.INSUFFICIENT_CREDIT);
  }

  @Test
  void shouldLeaveDebtBeyondANewLimitAndAddNothingToIt() {
    acme.uses("u1", 80)
        .mayOverdraw(50)
        .soFar()
        .uses("u2", 1)
        .expectBlocked("u2", BlockReason.INSUFFICIENT_CREDIT)
        .expectDebt(80);
  }

  @Test
  void shouldPayDebtFirstFromAnyCredit() {
    acme.uses("u1", 1_00)
        .soFar()
        .pays("p1", 30)
        .expectEntry(EntryType.PURCHASE, 30, -70)
        .expectDebt(70)
        .isGranted("g1", 70)
        .expectEntry(EntryType.GRANT, 70, 0)
        .expectDebt(0)
        .expectLots()
        .isGranted("g2", 5)
        .expectEntry(EntryType.GRANT, 5, 5, moved("g2", 5));
    assertThat(acme.balance().lifetime().purchased()).isEqualTo(30 * CENT);
    assertThat(acme.balance().lifetime().granted()).isEqualTo(75 * CENT);
  }

  @Test
  void shouldKeepWhatWasGrantedApartFromWhatReachedTheLot() {
    acme.uses("u1", 40).soFar().pays("p1", 1_00);
    acme.expectEntry(EntryType.PURCHASE, 1_00, 60, moved("p1", 60));
    assertThat(acme.lot("p1").grantedNanos()).isEqualTo(1_00 * CENT);
    assertThat(acme.lot("p1").remainingNanos()).isEqualTo(60 * CENT);
  }

  @Test
  void shouldRejectAWriteOffBeyondALong() {
    acme.happens(usage("u1").input(Long.MAX_VALUE))
        .expectEntry(EntryType.USAGE, -1_00, -1_00)
        .soFar()
        .mayOverdraw(2_00)
        .soFar()
        .happens(usage("u2").input(Long.MAX_VALUE))
        .expectRejected(RejectionReason.OVERFLOW)
        .expectSilence()
        .expectDebt(1_00);
  }

  @Test
  void shouldOverdrawUpToALongAndNotWrap() {
    acme.happens(new OverdraftConfigured("acme", Long.MAX_VALUE, START))
        .happens(usage("u1").input(Long.MAX_VALUE))
        .uses("u2", 1)
        .expectBlocked("u2", BlockReason.INSUFFICIENT_CREDIT);
    assertThat(acme.entry().balanceAfterNanos()).isEqualTo(-Long.MAX_VALUE);
    acme.isGranted("g1", 1).soFar().uses("u3", 1).expectRejected(RejectionReason.OVERFLOW);
    assertThat(acme.balance().debtNanos()).isEqualTo(Long.MAX_VALUE - CENT);
  }
}
