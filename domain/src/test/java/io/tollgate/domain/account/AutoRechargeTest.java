package io.tollgate.domain.account;

import static io.tollgate.domain.account.AccountScenario.CENT;
import static io.tollgate.domain.account.AccountScenario.time;
import static io.tollgate.domain.effect.Effect.RechargeReason.BELOW_THRESHOLD;
import static io.tollgate.domain.effect.Effect.RechargeReason.UNKNOWN_OUTCOME;
import static io.tollgate.domain.event.GrantBuilder.grant;
import static io.tollgate.domain.event.PaymentBuilder.payment;
import static io.tollgate.domain.event.UsageBuilder.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.effect.Effect.AlertType;
import io.tollgate.domain.effect.Effect.BalanceAlert;
import io.tollgate.domain.effect.Effect.BlockReason;
import io.tollgate.domain.effect.Effect.EntryType;
import io.tollgate.domain.effect.Effect.RechargeRequested;
import io.tollgate.domain.event.AccountEvent.AutoRechargeConfigured;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OFF, ARMED and PENDING: what fires a recharge, what ends it, and what silence does. */
class AutoRechargeTest {

  private static final long START = time("2026-03-10T00:00:00Z");
  private static final long MINUTE = 60_000L;
  private static final long DAY = 1440 * MINUTE;
  private static final long APRIL = time("2026-04-01T00:00:00Z");

  private final AccountScenario acme = new AccountScenario().at(START);

  @BeforeEach
  void silenceTheLevels() {
    acme.wantsAlertsAt();
  }

  // What fires it.

  @Test
  void shouldFireWhenUsageTakesTheBalanceToTheThreshold() {
    acme.pays("p1", 20_00)
        .recharges(10_00, 50_00)
        .uses("u1", 9_99)
        .soFar()
        .uses("u2", 1)
        .expectEntry(EntryType.USAGE, -1, 10_00);
    assertThat(acme.recharge())
        .isEqualTo(
            new RechargeRequested(
                "acme:1",
                1,
                "acme:1:1",
                "acme",
                4000 * CENT,
                "USD",
                1000 * CENT,
                1000 * CENT,
                5000 * CENT,
                START,
                START + 15 * MINUTE,
                BELOW_THRESHOLD));
    acme.expectNothingMore();
  }

  @Test
  void shouldNotFireAboveTheThresholdOrWhenOff() {
    acme.pays("p1", 20_00)
        .soFar()
        .uses("u1", 15_00)
        .expectEntry(EntryType.USAGE, -15_00, 5_00)
        .expectNothingMore()
        .recharges(4_99, 50_00)
        .expectNothingMore()
        .rechargesNoMore()
        .uses("u2", 4_00)
        .expectEntry(EntryType.USAGE, -4_00, 1_00)
        .expectNothingMore();
  }

  @Test
  void shouldAskForAtLeastFiveDollars() {
    acme.pays("p1", 20_00).soFar().recharges(20_00, 20_01).expectRecharge(1, 5_00, BELOW_THRESHOLD);
  }

  @Test
  void shouldFillUpDebtToo() {
    acme.recharges(-1_00, 10_00)
        .soFar()
        .uses("u1", 1_00)
        .expectEntry(EntryType.USAGE, -1_00, -1_00)
        .expectRecharge(1, 11_00, BELOW_THRESHOLD);
  }

  @Test
  void shouldFireAfterConfigurationIfTheBalanceIsLowAlready() {
    acme.recharges(0, 10_00).expectRecharge(1, 10_00, BELOW_THRESHOLD).expectNothingMore();
  }

  @Test
  void shouldFireAfterUsageThatWasNotCharged() {
    acme.pays("p1", 20_00).isGranted("g1", 5_00).recharges(20_00, 50_00).loses("g1").soFar();
    acme.isSuspended().uses("u1", 1).expectBlocked("u1", BlockReason.ACCOUNT_SUSPENDED);
    acme.expectNothingMore()
        .isReinstated()
        .expectRecharge(1, 30_00, BELOW_THRESHOLD)
        .expectNothingMore();
  }

  @Test
  void shouldNotFireWhileSuspended() {
    acme.pays("p1", 20_00)
        .recharges(10_00, 50_00)
        .isSuspended()
        .recharges(30_00, 50_00)
        .soFar()
        .until(APRIL + 1)
        .expectNothingMore()
        .isReinstated()
        .expectRecharge(1, 30_00, BELOW_THRESHOLD);
  }

  @Test
  void shouldNotFireForVoidsExpiryAndPurchases() {
    acme.pays("p1", 20_00)
        .isGranted("g1", 5_00)
        .happens(grant("g2", 500 * CENT).expiresAt(START + DAY))
        .recharges(25_00, 50_00)
        .soFar()
        .until(START + 2 * DAY)
        .expectEntry(EntryType.EXPIRY, -5_00, 25_00)
        .expectAlert(AlertType.CREDIT_EXPIRED, "g2:4")
        .expectNothingMore()
        .loses("g1")
        .expectEntry(EntryType.VOID, -5_00, 20_00)
        .expectNothingMore()
        .pays("p2", 1_00)
        .expectEntry(EntryType.PURCHASE, 1_00, 21_00)
        .expectNothingMore()
        .isGranted("g3", 1_00)
        .expectEntry(EntryType.GRANT, 1_00, 22_00)
        .expectNothingMore();
    // but for the start of the month
    acme.until(APRIL - 1).expectNothingMore().until(APRIL);
    RechargeRequested request = acme.recharge();
    assertThat(request.amountNanos()).isEqualTo(2800 * CENT);
    assertThat(request.requestedAt()).isEqualTo(APRIL);
    acme.expectNothingMore();
  }

  @Test
  void shouldFireOneAtATime() {
    acme.recharges(10_00, 20_00)
        .soFar()
        .uses("u1", 10)
        .uses("u2", 10)
        .expectEntry(EntryType.USAGE, -10, -10)
        .expectEntry(EntryType.USAGE, -10, -20)
        .expectNothingMore();
  }

  @Test
  void shouldAskForAllThereIsRatherThanWrap() {
    acme.uses("u1", 1_00)
        .soFar()
        .happens(new AutoRechargeConfigured("acme", true, 0, Long.MAX_VALUE, null, START));
    assertThat(acme.recharge().amountNanos()).isEqualTo(Long.MAX_VALUE);
    acme.happens(payment("r1", 500 * CENT).recharge("acme:1", 1))
        .expectEntry(EntryType.PURCHASE, 5_00, 4_00)
        .uses("u2", 4_50)
        .expectEntry(EntryType.USAGE, -4_50, -50)
        .expectAlert(AlertType.EXHAUSTED, "0:1");
    assertThat(acme.recharge().amountNanos()).isEqualTo(Long.MAX_VALUE);
  }

  // Success.

  @Test
  void shouldEndWithASuccessAndArmAgain() {
    acme.recharges(10_00, 20_00)
        .soFar()
        .happens(payment("r1", 2000 * CENT).recharge("acme:1", 1))
        .expectEntry(EntryType.PURCHASE, 20_00, 20_00)
        .expectNothingMore()
        .until(START + DAY)
        .expectNothingMore()
        .uses("u1", 10_00)
        .expectEntry(EntryType.USAGE, -10_00, 10_00)
        .expectRecharge(2, 10_00, BELOW_THRESHOLD)
        .expectNothingMore();
  }

  @Test
  void shouldEndWithASuccessWhateverItsAttempt() {
    acme.recharges(10_00, 20_00)
        .soFar()
        .happens(payment("r1", 2000 * CENT).recharge("acme:1", null))
        .uses("u1", 15_00)
        .soFar()
        .happens(payment("r2", 2000 * CENT).recharge("acme:2", 7))
        .soFar()
        .until(START + DAY)
        .expectNothingMore()
        .expectPosted(25_00);
  }

  @Test
  void shouldFireAgainAtOnceIfASuccessWasNotEnough() {
    acme.recharges(10_00, 20_00)
        .soFar()
        .happens(payment("r1", 600 * CENT).recharge("acme:1", 1))
        .expectEntry(EntryType.PURCHASE, 6_00, 6_00)
        .expectRecharge(2, 14_00, BELOW_THRESHOLD)
        .expectNothingMore();
  }

  @Test
  void shouldOnlyCreditASuccessOfAnotherRecharge() {
    acme.recharges(10_00, 20_00)
        .soFar()
        .happens(payment("r0", 100 * CENT).recharge("acme:9", 1))
        .happens(payment("r1", 100 * CENT).recharge("other:1", 1))
        .expectEntry(EntryType.PURCHASE, 1_00, 1_00)
        .expectEntry(EntryType.PURCHASE, 1_00, 2_00)
        .expectNothingMore()
        .until(START + 15 * MINUTE)
        .expectRecharge(1, 20_00, UNKNOWN_OUTCOME);
  }

  @Test
  void shouldNotBeStartedBySuccessWhileSuspended() {
    acme.recharges(10_00, 20_00)
        .isSuspended()
        .soFar()
        .happens(payment("r1", 600 * CENT).recharge("acme:1", 1))
        .expectEntry(EntryType.PURCHASE, 6_00, 6_00)
        .expectNothingMore()
        .isReinstated()
        .expectRecharge(2, 14_00, BELOW_THRESHOLD);
  }

  // Silence.

  @Test
  void shouldSendAgainAfterFifteenThirtyAndFortyFiveMinutesAndStallAtSixty() {
    acme.pays("p1", 5_00).recharges(10_00, 20_00).soFar();
    for (int again = 1; again <= 3; again++) {
      long at = START + again * 15L * MINUTE;
      acme.until(at - 1).expectNothingMore().until(at);
      RechargeRequested request = acme.recharge();
      assertThat(request)
          .isEqualTo(
              new RechargeRequested(
                  "acme:1",
                  1,
                  "acme:1:1",
                  "acme",
                  1500 * CENT,
                  "USD",
                  500 * CENT,
                  1000 * CENT,
                  2000 * CENT,
                  at,
                  at + 15 * MINUTE,
                  UNKNOWN_OUTCOME));
      acme.expectNothingMore();
    }
    acme.until(START + 60 * MINUTE - 1).expectNothingMore().until(START + 60 * MINUTE);
    BalanceAlert alert = acme.alert();
    assertThat(alert.alertId()).isEqualTo("acme:RECHARGE_STALLED:acme:1:1");
    assertThat(alert.causeId()).isEqualTo("acme:1");
    assertThat(alert.occurredAt()).isEqualTo(START + 60 * MINUTE);
    assertThat(alert.projectedExhaustionAt()).as("nothing is spent").isNull();
    acme.expectNothingMore().until(APRIL + DAY).expectNothingMore();
    acme.uses("u1", 1).expectEntry(EntryType.USAGE, -1, 4_99).expectNothingMore();
  }

  @Test
  void shouldGiveEachMissedDeadlineItsOwnTimeAfterAnOutage() {
    acme.recharges(10_00, 20_00).soFar().until(START + DAY);
    for (int again = 1; again <= 3; again++) {
      RechargeRequested request = acme.recharge();
      assertThat(request.requestedAt()).isEqualTo(START + again * 15L * MINUTE);
      assertThat(request.deadline()).isEqualTo(START + (again + 1) * 15L * MINUTE);
    }
    assertThat(acme.alert().occurredAt()).isEqualTo(START + 60 * MINUTE);
    acme.expectNothingMore();
  }

  @Test
  void shouldProjectOnAStalledRecharge() {
    acme.pays("p1", 20_00).recharges(10_00, 20_00).uses("u1", 12_00).soFar();
    acme.until(START + 60 * MINUTE).recharge();
    acme.recharge();
    acme.recharge();
    // a new hour has just begun: floor(12.00 × 60/60) = 12.00 an hour, 8.00 are left
    assertThat(acme.alert().projectedExhaustionAt())
        .isEqualTo(START + 60 * MINUTE + 800 * 60 * MINUTE / 1200);
  }

  @Test
  void shouldCreditALateSuccessAndEndTheStalledRecharge() {
    acme.recharges(10_00, 20_00)
        .until(START + 2 * DAY)
        .soFar()
        .happens(payment("r1", 2000 * CENT).recharge("acme:1", 1))
        .expectEntry(EntryType.PURCHASE, 20_00, 20_00)
        .expectNothingMore()
        .uses("u1", 11_00)
        .expectEntry(EntryType.USAGE, -11_00, 9_00)
        .expectRecharge(2, 11_00, BELOW_THRESHOLD);
  }

  @Test
  void shouldSendAgainWhileSuspended() {
    acme.recharges(10_00, 20_00)
        .isSuspended()
        .soFar()
        .until(START + 60 * MINUTE)
        .expectRecharge(1, 20_00, UNKNOWN_OUTCOME)
        .expectRecharge(1, 20_00, UNKNOWN_OUTCOME)
        .expectRecharge(1, 20_00, UNKNOWN_OUTCOME)
        .expectAlert(AlertType.RECHARGE_STALLED, "acme:1:1")
        .expectNothingMore();
  }

  // Configuration while pending.

  @Test
  void shouldHoldNewNumbersFromTheNextRequest() {
    acme.recharges(10_00, 20_00)
        .soFar()
        .recharges(30_00, 60_00)
        .expectNothingMore()
        .until(START + 15 * MINUTE);
    RechargeRequested again = acme.recharge();
    assertThat(again.amountNanos()).isEqualTo(2000 * CENT);
    assertThat(again.thresholdNanos()).isEqualTo(1000 * CENT);
    assertThat(again.targetNanos()).isEqualTo(2000 * CENT);
    acme.happens(payment("r1", 2000 * CENT).recharge("acme:1", 1))
        .expectEntry(EntryType.PURCHASE, 20_00, 20_00);
    RechargeRequested next = acme.recharge();
    assertThat(next.rechargeId()).isEqualTo("acme:2");
    assertThat(next.amountNanos()).isEqualTo(4000 * CENT);
    assertThat(next.thresholdNanos()).isEqualTo(3000 * CENT);
    assertThat(next.targetNanos()).isEqualTo(6000 * CENT);
    acme.expectNothingMore();
  }

  @Test
  void shouldTurnOffOnceTheResultIsThere() {
    acme.recharges(10_00, 20_00)
        .soFar()
        .rechargesNoMore()
        .until(START + 15 * MINUTE)
        .expectRecharge(1, 20_00, UNKNOWN_OUTCOME)
        .happens(payment("r1", 600 * CENT).recharge("acme:1", 1))
        .expectEntry(EntryType.PURCHASE, 6_00, 6_00)
        .expectNothingMore()
        .until(APRIL + DAY)
        .expectNothingMore();
  }

  @Test
  void shouldLetTheLatestOfSeveralConfigurationsWait() {
    acme.recharges(10_00, 20_00)
        .happens(new AutoRechargeConfigured("acme", false, 0, 0, null, START + 2))
        .happens(
            new AutoRechargeConfigured("acme", true, 99_00 * CENT, 99_00 * CENT, null, START + 1))
        .soFar()
        .happens(payment("r1", 2000 * CENT).recharge("acme:1", 1))
        .expectEntry(EntryType.PURCHASE, 20_00, 20_00)
        .expectNothingMore();
  }

  @Test
  void shouldGiveUpAStalledRechargeWhenConfiguredAnew() {
    acme.recharges(10_00, 20_00)
        .until(START + DAY)
        .soFar()
        .recharges(10_00, 30_00)
        .expectRecharge(2, 30_00, BELOW_THRESHOLD)
        .expectNothingMore()
        .happens(payment("r1", 2000 * CENT).recharge("acme:1", 1)) // late, and still money
        .expectEntry(EntryType.PURCHASE, 20_00, 20_00)
        .expectNothingMore()
        .until(START + DAY + 15 * MINUTE)
        .expectRecharge(2, 30_00, UNKNOWN_OUTCOME);
  }

  @Test
  void shouldTurnOffAStalledRecharge() {
    acme.recharges(10_00, 20_00)
        .until(START + DAY)
        .soFar()
        .rechargesNoMore()
        .until(APRIL + DAY)
        .expectNothingMore();
  }

  @Test
  void shouldStayPendingIfTheConfigurationCameBeforeItStalled() {
    acme.recharges(10_00, 20_00)
        .recharges(10_00, 30_00)
        .until(START + DAY)
        .soFar()
        .uses("u1", 1)
        .expectEntry(EntryType.USAGE, -1, -1)
        .expectNothingMore()
        .recharges(10_00, 40_00)
        .expectRecharge(2, 40_01, BELOW_THRESHOLD);
  }

  @Test
  void shouldIgnoreAnOlderConfigurationThatArrivesLater() {
    acme.recharges(-1, 20_00)
        .soFar()
        .happens(new AutoRechargeConfigured("acme", true, 0, 900 * CENT, null, START - 1))
        .expectNothingMore()
        .happens(new AutoRechargeConfigured("acme", true, 0, 900 * CENT, null, START))
        .expectRecharge(1, 9_00, BELOW_THRESHOLD);
  }

  // The monthly limit.

  @Test
  void shouldCutToWhatTheMonthLeavesAndWaitForTheNext() {
    acme.rechargesUpTo(25_00, 5_00, 20_00)
        .expectRecharge(1, 20_00, BELOW_THRESHOLD)
        .happens(payment("r1", 2000 * CENT).recharge("acme:1", 1))
        .uses("u1", 15_00)
        .soFar() // 5.00 of the limit are left: exactly the minimum
        .happens(payment("r2", 500 * CENT).recharge("acme:2", 1))
        .expectEntry(EntryType.PURCHASE, 5_00, 10_00)
        .expectNothingMore()
        .uses("u2", 5_00)
        .expectEntry(EntryType.USAGE, -5_00, 5_00);
    BalanceAlert alert = acme.alert();
    assertThat(alert.alertId()).isEqualTo("acme:RECHARGE_LIMIT_REACHED:2026-03");
    assertThat(alert.causeId()).isEqualTo("u2");
    assertThat(alert.projectedExhaustionAt()).isEqualTo(START + 500 * 60 * MINUTE / 2000);
    acme.expectNothingMore()
        .uses("u3", 1_00)
        .expectEntry(EntryType.USAGE, -1_00, 4_00)
        .expectNothingMore()
        .until(APRIL - 1)
        .expectNothingMore()
        .until(APRIL)
        .expectRecharge(3, 16_00, BELOW_THRESHOLD)
        .expectNothingMore();
  }

  @Test
  void shouldRequestTheCutAmount() {
    acme.rechargesUpTo(12_00, 5_00, 20_00).expectRecharge(1, 12_00, BELOW_THRESHOLD);
  }

  @Test
  void shouldRequestNothingIfTheLimitLeavesLessThanTheMinimum() {
    acme.rechargesUpTo(4_99, 5_00, 20_00)
        .expectAlert(AlertType.RECHARGE_LIMIT_REACHED, "2026-03")
        .expectNothingMore()
        .until(APRIL);
    BalanceAlert alert = acme.alert();
    assertThat(alert.alertId()).isEqualTo("acme:RECHARGE_LIMIT_REACHED:2026-04");
    assertThat(alert.causeId()).isEqualTo("2026-04");
    acme.expectNothingMore()
        .rechargesUpTo(3_00, 5_00, 20_00)
        .expectNothingMore()
        .rechargesUpTo(5_00, 5_00, 20_00)
        .expectRecharge(1, 5_00, BELOW_THRESHOLD);
  }

  @Test
  void shouldNotCountWhatEndedWithoutSuccess() {
    acme.rechargesUpTo(20_00, 5_00, 20_00)
        .until(START + DAY)
        .soFar()
        .rechargesUpTo(20_00, 5_00, 20_00)
        .expectRecharge(2, 20_00, BELOW_THRESHOLD);
  }

  @Test
  void shouldCountInTheMonthOfTheFirstRequest() {
    acme.at(APRIL - MINUTE)
        .rechargesUpTo(20_00, 5_00, 20_00)
        .until(APRIL + MINUTE)
        .soFar()
        .happens(payment("r1", 2000 * CENT).recharge("acme:1", 1))
        .uses("u1", 15_00)
        .expectEntry(EntryType.PURCHASE, 20_00, 20_00)
        .expectEntry(EntryType.USAGE, -15_00, 5_00)
        .expectRecharge(2, 15_00, BELOW_THRESHOLD);
  }

  @Test
  void shouldNotFreeThisMonthByGivingUpTheLastOnes() {
    acme.at(APRIL - MINUTE)
        .rechargesUpTo(20_00, 5_00, 20_00)
        .until(APRIL + DAY)
        .rechargesUpTo(20_00, 5_00, 20_00)
        .happens(payment("r2", 2000 * CENT).recharge("acme:2", 1))
        .soFar()
        .uses("u1", 16_00)
        .expectEntry(EntryType.USAGE, -16_00, 4_00)
        .expectAlert(AlertType.RECHARGE_LIMIT_REACHED, "2026-04")
        .expectNothingMore();
  }

  @Test
  void shouldNotCountManualPurchases() {
    acme.rechargesUpTo(20_00, -1, 20_00)
        .pays("p1", 100_00)
        .soFar()
        .uses("u1", 100_50)
        .expectEntry(EntryType.USAGE, -100_50, -50)
        .expectRecharge(1, 20_00, BELOW_THRESHOLD);
  }

  @Test
  void shouldJudgeTheStartOfEveryMonthAnew() {
    acme.pays("p1", 20_00)
        .isGranted("g1", 5_00)
        .rechargesUpTo(4_00, 20_00, 30_00)
        .loses("g1")
        .soFar()
        .until("2026-06-15T00:00:00Z")
        .expectAlert(AlertType.RECHARGE_LIMIT_REACHED, "2026-04")
        .expectAlert(AlertType.RECHARGE_LIMIT_REACHED, "2026-05")
        .expectAlert(AlertType.RECHARGE_LIMIT_REACHED, "2026-06")
        .expectNothingMore();
  }

  @Test
  void shouldGoByPostedAndNotByWhatIsUsable() {
    acme.mayOverdraw(0)
        .happens(grant("g1", 2000 * CENT).expiresAt(START + DAY))
        .recharges(10_00, 20_00)
        .until(START + DAY)
        .soFar()
        .uses("u1", 1)
        .expectBlocked("u1", BlockReason.INSUFFICIENT_CREDIT)
        .expectNothingMore()
        .happens(usage("u2").input(1000 * CENT).occurredAt(START))
        .expectEntry(EntryType.USAGE, -10_00, 10_00)
        .expectRecharge(1, 10_00, BELOW_THRESHOLD);
  }

  @Test
  void shouldJudgeTheMonthStartBehindAnExpiryAtTheSameInstant() {
    acme.at("2026-03-10T00:00:00Z")
        .wantsAlertsAt()
        .pays("p1", 4_00)
        .happens(grant("g1", 600 * CENT).expiresAt(time("2026-03-31T23:00:00Z")))
        .recharges(5_00, 20_00)
        .soFar()
        .until("2026-04-20T00:00:00Z")
        .expectEntry(EntryType.EXPIRY, -6_00, 4_00)
        .expectRecharge(1, 16_00, BELOW_THRESHOLD);
  }
}
