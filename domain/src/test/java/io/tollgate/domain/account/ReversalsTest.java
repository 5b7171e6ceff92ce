package io.tollgate.domain.account;

import static io.tollgate.domain.account.AccountScenario.CENT;
import static io.tollgate.domain.account.AccountScenario.moved;
import static io.tollgate.domain.account.AccountScenario.time;
import static io.tollgate.domain.effect.Effect.EntryType.DISPUTE_LOST;
import static io.tollgate.domain.effect.Effect.EntryType.EXPIRY;
import static io.tollgate.domain.effect.Effect.EntryType.PURCHASE;
import static io.tollgate.domain.effect.Effect.EntryType.REFUND;
import static io.tollgate.domain.effect.Effect.EntryType.REFUND_REVERSAL;
import static io.tollgate.domain.effect.Effect.EntryType.USAGE;
import static io.tollgate.domain.effect.Effect.RechargeReason.BELOW_THRESHOLD;
import static io.tollgate.domain.event.AccountEvent.DisputeStatus.INQUIRY;
import static io.tollgate.domain.event.AccountEvent.DisputeStatus.LOST;
import static io.tollgate.domain.event.AccountEvent.DisputeStatus.OPEN;
import static io.tollgate.domain.event.AccountEvent.DisputeStatus.WON;
import static io.tollgate.domain.event.AccountEvent.RefundStatus.FAILED;
import static io.tollgate.domain.event.AccountEvent.RefundStatus.PENDING;
import static io.tollgate.domain.event.AccountEvent.RefundStatus.SUCCEEDED;
import static io.tollgate.domain.event.PaymentBuilder.payment;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.Limits;
import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.effect.Effect.AccountStatus;
import io.tollgate.domain.effect.Effect.AlertType;
import io.tollgate.domain.effect.Effect.BlockReason;
import io.tollgate.domain.effect.Effect.Cause;
import io.tollgate.domain.effect.Effect.CreditState;
import io.tollgate.domain.effect.Effect.LedgerEntry;
import io.tollgate.domain.effect.Effect.Lifetime;
import io.tollgate.domain.effect.Effect.ReversalRejected;
import io.tollgate.domain.event.AccountEvent.DisputeUpdated;
import io.tollgate.domain.event.AccountEvent.PaymentRefunded;
import org.junit.jupiter.api.Test;

/** Refunds and disputes, and the money that disputes freeze. */
class ReversalsTest {

  private static final long START = time("2026-03-01T00:00:00Z");
  private static final long HOUR = 3_600_000L;
  private static final long DAY = 24 * HOUR;
  private static final long EXPIRY_TIME = time("2027-03-01T00:00:00Z");

  private final AccountScenario acme = new AccountScenario().at(START);

  private Lifetime lifetime() {
    return acme.balance().lifetime();
  }

  // Refunds.

  @Test
  void shouldTakeARefundFromTheLotOfItsPayment() {
    acme.pays("p1", 10_00).pays("p2", 10_00).soFar();

    acme.at(START + HOUR).refund("r1", "p2", 4_00, SUCCEEDED);

    LedgerEntry entry = acme.entry();
    assertThat(entry.type()).isEqualTo(REFUND);
    assertThat(entry.cause()).isEqualTo(new Cause("payment-events", "r1", 0, 2));
    assertThat(entry.occurredAt()).isEqualTo(START + HOUR);
    assertThat(entry.lotMovements()).containsExactly(moved("p2", -4_00));
    assertThat(entry.amountNanos()).isEqualTo(-400 * CENT);
    acme.expectNothingMore().expectLots(moved("p1", 10_00), moved("p2", 6_00));
    assertThat(lifetime()).isEqualTo(new Lifetime(2000 * CENT, 0, 0, 0, 400 * CENT, 0, 0, 0));
  }

  @Test
  void shouldMoveNothingForAPendingRefund() {
    acme.pays("p1", 10_00).soFar();
    acme.refund("r1", "p1", 4_00, PENDING).expectNothingMore().expectPosted(10_00);
  }

  @Test
  void shouldMakeDebtOfWhatWasUsedOnly() {
    acme.pays("p1", 10_00).uses("u1", 7_00).soFar();
    acme.refund("r1", "p1", 10_00, SUCCEEDED)
        .expectEntry(REFUND, -10_00, -7_00, moved("p1", -3_00))
        .expectDebt(7_00)
        .expectLots();
  }

  @Test
  void shouldTakeDebtBeyondTheOverdraftLimit() {
    acme.mayOverdraw(1_00).pays("p1", 10_00).uses("u1", 10_00).soFar();
    acme.refund("r1", "p1", 10_00, SUCCEEDED).expectDebt(10_00).soFar();
    acme.uses("u2", 1).expectBlocked("u2", BlockReason.INSUFFICIENT_CREDIT);
  }

  @Test
  void shouldGiveBackWhatAFailedRefundTook() {
    acme.pays("p1", 10_00).uses("u1", 7_00).refund("r1", "p1", 10_00, SUCCEEDED).soFar();
    acme.refund("r1", "p1", 10_00, FAILED)
        .expectEntry(REFUND_REVERSAL, 10_00, 3_00, moved("p1", 3_00))
        .expectDebt(0)
        .expectLots(moved("p1", 3_00));
    assertThat(lifetime().refunded()).isZero();
    assertThat(acme.lot("p1").grantedNanos()).isEqualTo(1000 * CENT);
    assertThat(acme.lot("p1").effectiveAt()).isEqualTo(START);
    assertThat(acme.lot("p1").expiresAt()).isEqualTo(EXPIRY_TIME);
  }

  @Test
  void shouldGiveBackIntoWhatIsLeft() {
    acme.pays("p1", 10_00).refund("r1", "p1", 4_00, SUCCEEDED).soFar();
    acme.refund("r1", "p1", 4_00, FAILED)
        .expectEntry(REFUND_REVERSAL, 4_00, 10_00, moved("p1", 4_00))
        .expectLots(moved("p1", 10_00));
  }

  @Test
  void shouldGiveBackWhatSucceededWhateverTheFailureSays() {
    acme.pays("p1", 10_00).refund("r1", "p1", 4_00, SUCCEEDED).soFar();
    acme.refund("r1", "p1", 9_00, FAILED).expectEntry(REFUND_REVERSAL, 4_00, 10_00);
  }

  @Test
  void shouldLetNoLowerStatusOfARefundChangeAnything() {
    acme.pays("p1", 10_00).refund("r1", "p1", 4_00, FAILED).expectPosted(10_00).soFar();
    acme.refund("r1", "p1", 4_00, SUCCEEDED).expectNothingMore();
    acme.refund("r1", "p1", 4_00, PENDING).expectNothingMore().expectPosted(10_00);
  }

  @Test
  void shouldTakeEachStatusOfARefundOnce() {
    acme.pays("p1", 10_00).refund("r1", "p1", 4_00, SUCCEEDED).soFar();
    acme.refund("r1", "p1", 4_00, SUCCEEDED).expectDuplicate();
    acme.at(START + DAY).refund("r1", "p1", 4_00, SUCCEEDED).expectDuplicate();
    acme.refund("r1", "p1", 3_00, SUCCEEDED).expectRejected(RejectionReason.CONFLICTING_DUPLICATE);
    acme.expectSilence().expectPosted(6_00);
  }

  @Test
  void shouldNotMoveARefundToAnotherPayment() {
    acme.pays("p1", 10_00).pays("p2", 10_00).refund("r1", "p1", 4_00, SUCCEEDED).soFar();
    acme.refund("r1", "p2", 4_00, FAILED).expectRejected(RejectionReason.CONFLICTING_DUPLICATE);
    acme.expectPosted(16_00);
  }

  @Test
  void shouldRefuseARefundBeyondThePayment() {
    acme.pays("p1", 10_00).refund("r1", "p1", 7_00, SUCCEEDED).soFar();
    acme.refund("r2", "p1", 4_00, SUCCEEDED).expectRejected(RejectionReason.OVER_REVERSAL);
    acme.refund("r2", "p1", 3_00, SUCCEEDED).expectEntry(REFUND, -3_00, 0);
  }

  @Test
  void shouldTakeARefusedRefundOnceThereIsRoom() {
    acme.pays("p1", 10_00).refund("r1", "p1", 7_00, SUCCEEDED);
    acme.refund("r2", "p1", 4_00, SUCCEEDED).expectRejected(RejectionReason.OVER_REVERSAL);
    acme.refund("r1", "p1", 7_00, FAILED).soFar();
    acme.refund("r2", "p1", 4_00, SUCCEEDED).expectEntry(REFUND, -4_00, 6_00);
  }

  @Test
  void shouldTakeARefundFromFrozenMoney() {
    acme.pays("p1", 10_00).dispute("d1", "p1", 10_00, OPEN).soFar();
    acme.refund("r1", "p1", 4_00, SUCCEEDED)
        .expectEntry(REFUND, -4_00, 6_00, moved("p1", -4_00))
        .expectFrozen("p1", 6_00)
        .expectAvailable(0);
  }

  @Test
  void shouldNotFireARechargeForARefund() {
    acme.pays("p1", 10_00).recharges(5_00, 20_00).soFar();
    acme.refund("r1", "p1", 10_00, SUCCEEDED)
        .expectEntry(REFUND, -10_00, 0)
        .expectAlert(AlertType.EXHAUSTED, "0:1")
        .expectAlert(AlertType.LOW_BALANCE, 500 * CENT + ":1")
        .expectAlert(AlertType.LOW_BALANCE, 100 * CENT + ":1")
        .expectNothingMore();
  }

  // Expiry.

  @Test
  void shouldCountARefundFirstAgainstWhatHasExpired() {
    acme.pays("p1", 10_00).uses("u1", 6_00).until(EXPIRY_TIME + HOUR).soFar();
    acme.at(EXPIRY_TIME + DAY)
        .refund("r1", "p1", 3_00, SUCCEEDED)
        .expectEntry(REFUND, 0, 0)
        .refund("r2", "p1", 3_00, SUCCEEDED)
        .expectEntry(REFUND, -2_00, -2_00)
        .expectDebt(2_00);
    assertThat(lifetime())
        .isEqualTo(new Lifetime(1000 * CENT, 0, 600 * CENT, 400 * CENT, 200 * CENT, 0, 0, 0));
  }

  @Test
  void shouldCountAgainWhatAFailedRefundHadForFree() {
    acme.pays("p1", 10_00).uses("u1", 6_00).until(EXPIRY_TIME + HOUR);
    acme.refund("r1", "p1", 4_00, SUCCEEDED).soFar();
    acme.refund("r1", "p1", 4_00, FAILED).expectEntry(REFUND_REVERSAL, 0, 0).soFar();
    acme.dispute("d1", "p1", 4_00, LOST).expectEntry(DISPUTE_LOST, 0, 0);
  }

  @Test
  void shouldTakeExpiredMoneyThatIsNotWrittenOffFromTheLot() {
    acme.pays("p1", 10_00).until(EXPIRY_TIME).soFar();
    acme.refund("r1", "p1", 4_00, SUCCEEDED).expectEntry(REFUND, -4_00, 6_00, moved("p1", -4_00));
    acme.until(EXPIRY_TIME + HOUR).expectEntry(EXPIRY, -6_00, 0);
  }

  @Test
  void shouldWriteOffAtOnceWhatComesBackIntoAnExpiredLot() {
    acme.pays("p1", 10_00).refund("r1", "p1", 10_00, SUCCEEDED).until(EXPIRY_TIME + DAY).soFar();

    acme.refund("r1", "p1", 10_00, FAILED).expectEntry(REFUND_REVERSAL, 10_00, 10_00);
    LedgerEntry expiry = acme.entry();
    assertThat(expiry.type()).isEqualTo(EXPIRY);
    assertThat(expiry.cause().topic()).isEqualTo("deadline");
    acme.expectPosted(0).soFar();
    acme.refund("r2", "p1", 10_00, SUCCEEDED).expectEntry(REFUND, 0, 0);
  }

  @Test
  void shouldNotMakeUpForANoticeThatCameDueWhileNothingWasLeft() {
    acme.pays("p1", 10_00).refund("r1", "p1", 10_00, SUCCEEDED).until(EXPIRY_TIME - 30 * DAY);
    acme.refund("r1", "p1", 10_00, FAILED).soFar();
    acme.until(EXPIRY_TIME - 7 * DAY)
        .expectAlert(AlertType.EXPIRY_SOON, "p1:7")
        .expectNothingMore();
  }

  // Disputes.

  @Test
  void shouldFreezeWhatIsDisputed() {
    acme.pays("p1", 10_00).soFar();

    acme.dispute("d1", "p1", 7_00, OPEN)
        .expectAccess(AccountStatus.ACTIVE, false, CreditState.LOW)
        .expectPosted(10_00)
        .expectFrozen("p1", 7_00)
        .expectAvailable(3_00)
        .expectNothingMore();
  }

  @Test
  void shouldMoveAndFreezeNothingForAnInquiry() {
    acme.pays("p1", 10_00).soFar();
    acme.dispute("d1", "p1", 7_00, INQUIRY).expectSilence().expectFrozen("p1", 0);
  }

  @Test
  void shouldPassOverFrozenMoney() {
    acme.pays("p1", 10_00).at(START + 1).pays("p2", 10_00).dispute("d1", "p1", 7_00, OPEN).soFar();
    acme.uses("u1", 5_00)
        .expectEntry(USAGE, -5_00, 15_00, moved("p1", -3_00), moved("p2", -2_00))
        .expectFrozen("p1", 7_00);
  }

  @Test
  void shouldBlockUsageWhenAllThatIsLeftIsFrozen() {
    acme.mayOverdraw(0).pays("p1", 10_00).dispute("d1", "p1", 10_00, OPEN);
    acme.soFar().uses("u1", 1_00).expectBlocked("u1", BlockReason.INSUFFICIENT_CREDIT);
    acme.expectNothingMore().expectAvailable(0).expectPosted(10_00);
  }

  @Test
  void shouldFreezeNoMoreThanIsLeft() {
    acme.pays("p1", 10_00).uses("u1", 8_00).dispute("d1", "p1", 9_00, OPEN);
    acme.expectFrozen("p1", 2_00).dispute("d2", "p1", 9_00, OPEN).expectFrozen("p1", 2_00);
    acme.dispute("d1", "p1", 9_00, WON).expectFrozen("p1", 2_00);
    acme.dispute("d2", "p1", 9_00, WON).expectFrozen("p1", 0).expectAvailable(2_00);
  }

  @Test
  void shouldAddUpOpenDisputes() {
    acme.pays("p1", 10_00).dispute("d1", "p1", 2_00, OPEN).dispute("d2", "p1", 3_00, OPEN);
    acme.expectFrozen("p1", 5_00);
  }

  @Test
  void shouldKeepMoneyFrozenThatComesBack() {
    acme.pays("p1", 10_00).dispute("d1", "p1", 4_00, OPEN).refund("r1", "p1", 10_00, SUCCEEDED);
    acme.refund("r1", "p1", 10_00, FAILED).expectFrozen("p1", 4_00);
  }

  @Test
  void shouldTakeWhatIsLost() {
    acme.pays("p1", 10_00).uses("u1", 6_00).dispute("d1", "p1", 10_00, OPEN).soFar();
    acme.dispute("d1", "p1", 10_00, LOST)
        .expectEntry(DISPUTE_LOST, -10_00, -6_00, moved("p1", -4_00))
        .expectDebt(6_00);
    assertThat(lifetime().disputed()).isEqualTo(1000 * CENT);
  }

  @Test
  void shouldLetNoLowerStatusOfADisputeChangeAnything() {
    acme.pays("p1", 10_00).dispute("d1", "p1", 4_00, LOST).soFar();
    acme.dispute("d1", "p1", 4_00, WON).expectNothingMore();
    acme.dispute("d1", "p1", 4_00, OPEN).expectNothingMore().expectFrozen("p1", 0);
    acme.dispute("d1", "p1", 4_00, LOST).expectDuplicate();
    acme.dispute("d1", "p1", 5_00, LOST).expectRejected(RejectionReason.CONFLICTING_DUPLICATE);
    acme.expectPosted(6_00);
  }

  @Test
  void shouldLoseNoMoreThanIsLeftOfThePayment() {
    acme.pays("p1", 10_00).pays("p2", 5_00).refund("r1", "p1", 8_00, SUCCEEDED).soFar();
    acme.dispute("d1", "p1", 10_00, LOST)
        .expectEntry(DISPUTE_LOST, -2_00, 5_00, moved("p1", -2_00));
    acme.dispute("d2", "p1", 10_00, LOST).expectEntry(DISPUTE_LOST, 0, 5_00);
    acme.refund("r2", "p1", 1, SUCCEEDED).expectRejected(RejectionReason.OVER_REVERSAL);
  }

  @Test
  void shouldTakeTheExcessOfALostDisputeWhenARefundFails() {
    acme.pays("p1", 10_00).refund("r1", "p1", 8_00, SUCCEEDED).dispute("d1", "p1", 5_00, LOST);
    acme.soFar()
        .refund("r1", "p1", 8_00, FAILED)
        .expectEntry(REFUND_REVERSAL, 8_00, 8_00, moved("p1", 8_00))
        .expectEntry(DISPUTE_LOST, -3_00, 5_00, moved("p1", -3_00));
    assertThat(lifetime()).isEqualTo(new Lifetime(1000 * CENT, 0, 0, 0, 0, 500 * CENT, 0, 0));
    acme.refund("r2", "p1", 5_00, SUCCEEDED).expectEntry(REFUND, -5_00, 0);
    acme.soFar().refund("r2", "p1", 5_00, FAILED).expectEntry(REFUND_REVERSAL, 5_00, 5_00);
    acme.expectAlert(AlertType.BALANCE_RECOVERED, 100 * CENT + ":3").expectNothingMore();
  }

  @Test
  void shouldStopAutoRechargeWhenADisputeIsLost() {
    acme.pays("p1", 10_00).recharges(2_00, 20_00).dispute("d1", "p1", 1_00, OPEN).soFar();
    acme.dispute("d1", "p1", 1_00, LOST)
        .expectEntry(DISPUTE_LOST, -1_00, 9_00)
        .expectAlert(AlertType.RECHARGE_DISABLED, "d1")
        .expectNothingMore();
    acme.dispute("d2", "p1", 1_00, LOST).expectEntry(DISPUTE_LOST, -1_00, 8_00);
    acme.expectNothingMore().uses("u1", 7_00).expectEntry(USAGE, -7_00, 1_00).soFar();
    acme.expectSilence().recharges(2_00, 20_00).expectRecharge(1, 19_00, BELOW_THRESHOLD);
  }

  @Test
  void shouldSayNothingOfAutoRechargeThatIsOff() {
    acme.pays("p1", 10_00).rechargesNoMore().soFar().dispute("d1", "p1", 1_00, LOST);
    acme.expectEntry(DISPUTE_LOST, -1_00, 9_00).expectNothingMore();
  }

  @Test
  void shouldGiveUpARechargeInFlightWhenADisputeIsLost() {
    acme.pays("p1", 10_00)
        .rechargesUpTo(20_00, 10_00, 20_00)
        .expectRecharge(1, 10_00, BELOW_THRESHOLD);
    acme.soFar().dispute("d1", "p1", 1_00, LOST).expectAlert(AlertType.RECHARGE_DISABLED, "d1");
    acme.soFar().until(START + HOUR).expectSilence();
    acme.rechargesUpTo(20_00, 10_00, 25_00).expectRecharge(2, 16_00, BELOW_THRESHOLD);
  }

  @Test
  void shouldTurnOffWhatWasToBeTurnedOffAfterTheRecharge() {
    acme.pays("p1", 10_00).recharges(10_00, 20_00).rechargesNoMore().soFar();
    acme.dispute("d1", "p1", 1_00, LOST).expectEntry(DISPUTE_LOST, -1_00, 9_00);
    acme.expectNothingMore();
  }

  @Test
  void shouldRefuseDisputesWhoseSumOverflows() {
    long half = Long.MAX_VALUE / 2 + 1;
    acme.pays("p1", 10_00).happens(new DisputeUpdated("d1", "p1", "acme", half, OPEN, START));
    acme.happens(new DisputeUpdated("d2", "p1", "acme", half, OPEN, START))
        .expectRejected(RejectionReason.OVERFLOW);
    acme.happens(new DisputeUpdated("d2", "p1", "acme", half, LOST, START)).expectPosted(0);
  }

  // Before their payment.

  @Test
  void shouldApplyWhatWaitedWhenThePaymentComesWithItsOwnCauseAndTime() {
    acme.refund("r1", "p1", 4_00, SUCCEEDED)
        .dispute("d1", "p1", 5_00, OPEN)
        .expectNothingMore()
        .expectPosted(0);

    acme.at(START + DAY).pays("p1", 10_00).expectEntry(PURCHASE, 10_00, 10_00);

    LedgerEntry refund = acme.entry();
    assertThat(refund.type()).isEqualTo(REFUND);
    assertThat(refund.cause()).isEqualTo(new Cause("payment-events", "r1", 0, 0));
    assertThat(refund.occurredAt()).isEqualTo(START);
    assertThat(refund.recordedAt()).isEqualTo(START + DAY);
    acme.expectPosted(6_00).expectFrozen("p1", 5_00).expectNothingMore();
  }

  @Test
  void shouldApplyWhatWaitedInTheOrderInWhichItCame() {
    acme.refund("r1", "p1", 4_00, SUCCEEDED)
        .dispute("d1", "p1", 10_00, LOST)
        .refund("r1", "p1", 4_00, FAILED)
        .expectNothingMore();
    acme.pays("p1", 10_00)
        .expectEntry(PURCHASE, 10_00, 10_00)
        .expectEntry(REFUND, -4_00, 6_00)
        .expectEntry(DISPUTE_LOST, -6_00, 0)
        .expectEntry(REFUND_REVERSAL, 4_00, 4_00)
        .expectEntry(DISPUTE_LOST, -4_00, 0);
  }

  @Test
  void shouldTakeWhatWaitsOnce() {
    acme.refund("r1", "p1", 4_00, SUCCEEDED).refund("r1", "p1", 4_00, SUCCEEDED).expectDuplicate();
    acme.refund("r1", "p1", 5_00, SUCCEEDED).expectRejected(RejectionReason.CONFLICTING_DUPLICATE);
    acme.pays("p1", 10_00).pays("p1", 10_00).expectDuplicate();
    acme.refund("r1", "p1", 4_00, SUCCEEDED).expectDuplicate();
    acme.expectPosted(6_00);
  }

  @Test
  void shouldRefuseWhatWaitedAndIsTooMuchWhenThePaymentComes() {
    acme.refund("r1", "p1", 7_00, SUCCEEDED).at(START + 1).refund("r2", "p1", 7_00, SUCCEEDED);

    acme.at(START + DAY).pays("p1", 10_00);

    ReversalRejected rejected = acme.reversalRejected();
    assertThat(rejected.rejection().reason()).isEqualTo(RejectionReason.OVER_REVERSAL);
    assertThat(rejected.cause()).isEqualTo(new Cause("payment-events", "r2", 0, 1));
    assertThat(rejected.reversal())
        .isEqualTo(new PaymentRefunded("r2", "p1", "acme", 700 * CENT, SUCCEEDED, START + 1));
    assertThat(rejected.rejectedAt()).isEqualTo(START + DAY);
    acme.expectPosted(3_00).soFar();
    // It claims no identity: once there is room, it is taken.
    acme.refund("r1", "p1", 7_00, FAILED).refund("r2", "p1", 6_00, SUCCEEDED).expectPosted(4_00);
  }

  @Test
  void shouldCreditAPaymentWhoseWaitingDisputesOverflow() {
    long half = Long.MAX_VALUE / 2 + 1;
    acme.happens(new DisputeUpdated("d1", "p1", "acme", half, OPEN, START))
        .happens(new DisputeUpdated("d2", "p1", "acme", half, OPEN, START));
    acme.pays("p1", 10_00).expectPosted(10_00).expectFrozen("p1", 10_00);
    assertThat(acme.reversalRejected().rejection().reason()).isEqualTo(RejectionReason.OVERFLOW);
  }

  @Test
  void shouldBoundWhatWaitsForOnePayment() {
    for (int i = 0; i < Limits.WAITING_REVERSALS; i++) {
      acme.refund("r" + i, "p1", 1, SUCCEEDED);
    }
    acme.refund("one more", "p1", 1, SUCCEEDED).expectRejected(RejectionReason.LIMIT_EXCEEDED);
    acme.refund("other", "p2", 1, SUCCEEDED).expectNothingMore();
    acme.pays("p1", 10_00).expectPosted(10_00 - Limits.WAITING_REVERSALS);
    acme.refund("one more", "p1", 1, SUCCEEDED).expectPosted(9_99 - Limits.WAITING_REVERSALS);
  }

  @Test
  void shouldPayDebtFirstAlsoWhenWhatWaitedTakesItBack() {
    acme.mayOverdraw(3_00).uses("u1", 3_00).refund("r1", "p1", 10_00, SUCCEEDED).soFar();
    acme.pays("p1", 10_00)
        .expectEntry(PURCHASE, 10_00, 7_00, moved("p1", 7_00))
        .expectEntry(REFUND, -10_00, -3_00, moved("p1", -7_00))
        .expectDebt(3_00);
  }

  @Test
  void shouldKeepAGrantWithTheIdOfThePaymentOutOfIt() {
    acme.isGranted("p1", 5_00).happens(payment("p1", 1000 * CENT)).soFar();
    acme.refund("r1", "p1", 10_00, SUCCEEDED).expectPosted(5_00).expectLots(moved("p1", 5_00));
  }
}
