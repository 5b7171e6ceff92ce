package io.tollgate.domain.account;

import static io.tollgate.domain.account.AccountScenario.CENT;
import static io.tollgate.domain.account.AccountScenario.time;
import static io.tollgate.domain.effect.Effect.AlertType.BALANCE_RECOVERED;
import static io.tollgate.domain.effect.Effect.AlertType.EXHAUSTED;
import static io.tollgate.domain.effect.Effect.AlertType.LOW_BALANCE;
import static io.tollgate.domain.effect.Effect.AlertType.OVERDRAFT_WRITTEN_OFF;
import static io.tollgate.domain.event.PaymentBuilder.payment;
import static io.tollgate.domain.event.UsageBuilder.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.effect.Effect.BalanceAlert;
import io.tollgate.domain.effect.Effect.EntryType;
import io.tollgate.domain.event.AccountEvent.AlertLevelsConfigured;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Levels, their arming and cycles, and what the alerts say. */
class AlertsTest {

  private static final long START = time("2026-03-01T00:00:00Z");
  private static final long HOUR = 3_600_000L;

  private static final String FIVE = "5000000000:";
  private static final String ONE = "1000000000:";

  private final AccountScenario acme = new AccountScenario().at(START);

  @Test
  void shouldFireOnceWhenTheBalanceReachesALevel() {
    acme.pays("p1", 10_00).soFar().uses("u1", 4_99).soFar().uses("u2", 1);
    BalanceAlert alert = acme.alert();
    assertThat(alert.alertId()).isEqualTo("acme:LOW_BALANCE:5000000000:1");
    assertThat(alert.accountId()).isEqualTo("acme");
    assertThat(alert.levelNanos()).isEqualTo(5_00 * CENT);
    assertThat(alert.balanceNanos()).isEqualTo(5_00 * CENT);
    assertThat(alert.occurredAt()).isEqualTo(START);
    assertThat(alert.causeId()).isEqualTo("u2");
    assertThat(alert.nextAttemptAt()).isNull();
    assertThat(alert.detail()).contains("5.00 USD");
    acme.soFar().uses("u3", 1).soFar().uses("u4", 1).expectEntry(EntryType.USAGE, -1, 4_98);
    acme.expectNothingMore();
  }

  @Test
  void shouldFireEveryLevelThatOneStepCrossesHighestFirstAfterExhausted() {
    acme.pays("p1", 10_00)
        .soFar()
        .uses("u1", 11_50)
        .expectAlert(EXHAUSTED, "0:1")
        .expectAlert(LOW_BALANCE, FIVE + 1)
        .expectAlert(LOW_BALANCE, ONE + 1)
        .expectAlert(OVERDRAFT_WRITTEN_OFF, "u1");
  }

  @Test
  void shouldArmALevelATenthAboveItAndNotBefore() {
    acme.pays("p1", 5_49)
        .soFar()
        .uses("u1", 50)
        .expectEntry(EntryType.USAGE, -50, 4_99)
        .expectNothingMore()
        .pays("p2", 51)
        .soFar()
        .uses("u2", 50)
        .expectAlert(LOW_BALANCE, FIVE + 1);
  }

  @Test
  void shouldArmAtExactlyLevelPlusItsIntegerTenth() {
    acme.happens(new AlertLevelsConfigured("acme", List.of(19L), START))
        .happens(payment("p1", 19))
        .happens(payment("p2", 1))
        .soFar()
        .happens(usage("u1").input(1));
    assertThat(acme.alert().alertId())
        .as("19 + 19/10 = 20, as 19/10 is 1")
        .isEqualTo("acme:LOW_BALANCE:19:1");
  }

  @Test
  void shouldRecoverWithTheNewCycleAndFireAgain() {
    acme.pays("p1", 10_00)
        .uses("u1", 9_50)
        .soFar()
        .pays("p2", 50)
        .expectEntry(EntryType.PURCHASE, 50, 1_00)
        .expectNothingMore()
        .pays("p3", 10)
        .expectAlert(BALANCE_RECOVERED, ONE + 2)
        .soFar()
        .pays("p4", 10_00)
        .expectAlert(BALANCE_RECOVERED, FIVE + 2)
        .soFar()
        .uses("u2", 10_50)
        .expectAlert(LOW_BALANCE, FIVE + 2)
        .expectAlert(LOW_BALANCE, ONE + 2)
        .soFar()
        .pays("p5", 20_00)
        .expectAlert(BALANCE_RECOVERED, FIVE + 3)
        .expectAlert(BALANCE_RECOVERED, ONE + 3)
        .soFar();
  }

  @Test
  void shouldRecoverFromExhaustionWithoutAWord() {
    acme.wantsAlertsAt()
        .pays("p1", 1)
        .uses("u1", 1)
        .expectAlert(EXHAUSTED, "0:1")
        .soFar()
        .uses("u2", 1)
        .expectEntry(EntryType.USAGE, -1, -1)
        .expectNothingMore()
        .pays("p2", 1)
        .soFar()
        .pays("p3", 1)
        .expectEntry(EntryType.PURCHASE, 1, 1)
        .expectNothingMore()
        .uses("u3", 1);
    BalanceAlert alert = acme.alert();
    assertThat(alert.alertId()).isEqualTo("acme:EXHAUSTED:0:2");
    assertThat(alert.levelNanos()).isZero();
  }

  @Test
  void shouldNotCallAnAccountExhaustedThatNeverHadCredit() {
    acme.uses("u1", 10).expectEntry(EntryType.USAGE, -10, -10).expectNothingMore();
  }

  @Test
  void shouldStartNewLevelsUnarmed() {
    acme.pays("p1", 5_05)
        .wantsAlertsAt(5_00, 2_00)
        .soFar()
        .uses("u1", 10)
        .expectEntry(EntryType.USAGE, -10, 4_95)
        .expectNothingMore()
        .uses("u2", 2_95)
        .expectEntry(EntryType.USAGE, -2_95, 2_00)
        .expectAlert(LOW_BALANCE, "2000000000:1")
        .expectNothingMore();
  }

  @Test
  void shouldKeepTheArmingOfALevelThatStays() {
    acme.pays("p1", 10_00)
        .uses("u1", 4_80) // 5.20: still armed, but would not be armed anew
        .wantsAlertsAt(8_00, 5_00)
        .soFar()
        .uses("u2", 20)
        .expectAlert(LOW_BALANCE, FIVE + 1);
    acme.wantsAlertsAt(5_00)
        .soFar()
        .uses("u3", 10)
        .expectEntry(EntryType.USAGE, -10, 4_90)
        .expectNothingMore();
  }

  @Test
  void shouldKeepTheCyclesOfALevelThatComesBack() {
    acme.pays("p1", 10_00)
        .uses("u1", 6_00)
        .wantsAlertsAt(2_00)
        .pays("p2", 6_00)
        .soFar()
        .wantsAlertsAt(5_00) // fired before, but recovers without a word: it starts anew
        .expectNothingMore()
        .uses("u2", 5_00)
        .expectAlert(LOW_BALANCE, FIVE + 2);
  }

  @Test
  void shouldForgetTheArmingOfALevelThatWasGone() {
    acme.pays("p1", 10_00)
        .wantsAlertsAt(2_00)
        .uses("u1", 4_70)
        .wantsAlertsAt(5_00) // 5.30 does not arm it
        .soFar()
        .uses("u2", 1_00)
        .expectEntry(EntryType.USAGE, -1_00, 4_30)
        .expectNothingMore();
  }

  @Test
  void shouldTakeALevelNamedTwiceOnce() {
    acme.wantsAlertsAt(3_00, 3_00)
        .pays("p1", 4_00)
        .soFar()
        .uses("u1", 1_00)
        .expectAlert(LOW_BALANCE, "3000000000:1")
        .soFar();
  }

  @Test
  void shouldRefuseALevelThatCouldNeverBeArmed() {
    acme.happens(new AlertLevelsConfigured("acme", List.of(Long.MAX_VALUE), START))
        .expectRejected(RejectionReason.OVERFLOW)
        .expectSilence();
  }

  @Test
  void shouldProjectWhenTheBalanceWillBeUsedUp() {
    acme.pays("p1", 100_00)
        .at(START + HOUR / 2)
        .uses("u1", 6_00) // the last hour
        .at(START + HOUR + HOUR / 4)
        .uses("u2", 50)
        .soFar()
        .uses("u3", 90_00);
    // spent = 90.50 + floor(6.00 × 45/60) = 95.00; 3.50 are left
    assertThat(acme.alert().projectedExhaustionAt())
        .isEqualTo(START + HOUR + HOUR / 4 + 350 * HOUR / 9500);
  }

  @Test
  void shouldProjectByThisHourAloneAfterAPause() {
    acme.pays("p1", 100_00).uses("u1", 6_00).at(START + 2 * HOUR).soFar().uses("u2", 90_00);
    assertThat(acme.alert().projectedExhaustionAt())
        .isEqualTo(START + 2 * HOUR + 400 * HOUR / 9000);
  }

  @Test
  void shouldProjectNothingWithoutSpendingOrMoney() {
    acme.pays("p1", 10_00).soFar().uses("u1", 10_50).expectAlert(EXHAUSTED, "0:1");
    assertThat(acme.alert().projectedExhaustionAt()).as("nothing is left").isNull();
  }

  @Test
  void shouldProjectNothingBeyondTheYear9999() {
    HourlySpend spend = new HourlySpend();
    assertThat(spend.exhaustionAt(1, START)).as("nothing is spent").isNull();
    spend.add(1, START);
    assertThat(spend.exhaustionAt(1, START)).isEqualTo(START + HOUR);
    long last = (253_402_300_799_999L - START) / HOUR;
    assertThat(spend.exhaustionAt(last, START)).isEqualTo(START + last * HOUR);
    assertThat(spend.exhaustionAt(last + 1, START)).isNull();
    assertThat(spend.exhaustionAt(Long.MAX_VALUE, START)).isNull();
  }

  @Test
  void shouldCountWhatWasChargedAndNotWhatWasWrittenOff() {
    acme.mayOverdraw(0)
        .wantsAlertsAt(8_00)
        .pays("p1", 2_00)
        .uses("u1", 5_00) // 2.00 charged, 3.00 written off
        .soFar()
        .pays("p2", 20_00)
        .soFar()
        .uses("u2", 13_00);
    // spent = 15.00, left = 7.00
    assertThat(acme.alert().projectedExhaustionAt()).isEqualTo(START + 700 * HOUR / 1500);
  }
}
