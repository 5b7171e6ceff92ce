package io.tollgate.domain.account;

import static io.tollgate.domain.account.AccountScenario.CENT;
import static io.tollgate.domain.account.AccountScenario.time;
import static io.tollgate.domain.effect.Effect.RechargeReason.BELOW_THRESHOLD;
import static io.tollgate.domain.effect.Effect.RechargeReason.RETRY_AFTER_DECLINE;
import static io.tollgate.domain.event.DeclineBuilder.decline;
import static io.tollgate.domain.event.PaymentBuilder.payment;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.effect.Effect.AlertType;
import io.tollgate.domain.effect.Effect.BalanceAlert;
import io.tollgate.domain.effect.Effect.EntryType;
import io.tollgate.domain.event.AccountEvent.IssuerCleared;
import io.tollgate.domain.event.DeclineBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Declined payments: what is tried again and when, what stops, and what the customer hears. */
class DeclinesTest {

  private static final long START = time("2026-03-10T00:00:00Z");
  private static final long HOUR = 3_600_000L;
  private static final long DAY = 24 * HOUR;

  private final AccountScenario acme = new AccountScenario().at(START);

  @BeforeEach
  void askForARecharge() {
    acme.wantsAlertsAt().recharges(10_00, 20_00).soFar();
  }

  // What is tried again.

  @Test
  void shouldTryAgainAfterAnHourADayAndThreeDaysAndGiveUpAtTheFourthDecline() {
    acme.isDeclined(1, 1, "insufficient_funds")
        .expectAlert(AlertType.RECHARGE_FAILED, "acme:1:1", START + HOUR)
        .expectNothingMore()
        .until(START + HOUR - 1)
        .expectNothingMore()
        .until(START + HOUR)
        .expectRecharge(1, 2, 20_00, RETRY_AFTER_DECLINE)
        .isDeclined(1, 2, "insufficient_funds")
        .expectNothingMore()
        .until(START + HOUR + DAY)
        .expectRecharge(1, 3, 20_00, RETRY_AFTER_DECLINE)
        .isDeclined(1, 3, "insufficient_funds")
        .expectNothingMore()
        .until(START + HOUR + 4 * DAY)
        .expectRecharge(1, 4, 20_00, RETRY_AFTER_DECLINE)
        .isDeclined(1, 4, "insufficient_funds")
        .expectAlert(AlertType.RECHARGE_DISABLED, "acme:1:4", null)
        .expectNothingMore()
        .until(START + 60 * DAY)
        .expectNothingMore();
  }

  @Test
  void shouldWaitAsLongAsTheCodeSays() {
    acme.happens(ofRecharge(1, "insufficient_funds").advice(null, "02"))
        .expectAlert(AlertType.RECHARGE_FAILED, "acme:1:1", START + 72 * HOUR)
        .until(START + 72 * HOUR)
        .expectRecharge(1, 2, 20_00, RETRY_AFTER_DECLINE)
        .happens(ofRecharge(2, "insufficient_funds").advice(null, "24"))
        .expectNothingMore()
        .until(START + 73 * HOUR)
        .expectRecharge(1, 3, 20_00, RETRY_AFTER_DECLINE);
  }

  @Test
  void shouldAskForTheSameAmountWhateverTheBalanceIsByThen() {
    acme.isDeclined(1, 1, "insufficient_funds")
        .isGranted("g1", 5_00)
        .soFar()
        .until(START + HOUR)
        .expectRecharge(1, 2, 20_00, RETRY_AFTER_DECLINE);
  }

  @Test
  void shouldSendTheNextAttemptAgainIfNobodyAnswers() {
    acme.isDeclined(1, 1, "insufficient_funds").until(START + HOUR).soFar();
    acme.until(START + HOUR + HOUR / 4);
    assertThat(acme.recharge().idempotencyKey()).isEqualTo("acme:1:2");
  }

  @Test
  void shouldTryAgainWhileSuspended() {
    acme.isDeclined(1, 1, "insufficient_funds")
        .isSuspended()
        .soFar()
        .until(START + HOUR)
        .expectRecharge(1, 2, 20_00, RETRY_AFTER_DECLINE);
  }

  @Test
  void shouldCountFromTheTimeOfTheRecordAndNotOfTheDecline() {
    acme.at(START + 5 * 60_000)
        .happens(ofRecharge(1, "insufficient_funds").occurredAt(START + 1))
        .expectAlert(AlertType.RECHARGE_FAILED, "acme:1:1", START + HOUR + 5 * 60_000);
  }

  // What stops.

  @Test
  void shouldStopForGood() {
    acme.isDeclined(1, 1, "stolen_card")
        .expectAlert(AlertType.RECHARGE_FAILED, "acme:1:1", null)
        .expectAlert(AlertType.RECHARGE_DISABLED, "acme:1:1", null)
        .expectNothingMore()
        .pays("p1", 50_00)
        .expectEntry(EntryType.PURCHASE, 50_00, 50_00)
        .uses("u1", 45_00)
        .expectEntry(EntryType.USAGE, -45_00, 5_00)
        .expectNothingMore()
        .recharges(10_00, 20_00)
        .expectRecharge(2, 15_00, BELOW_THRESHOLD);
  }

  @Test
  void shouldWaitForTheCustomerWhoseNextPurchaseShowsThatTheCardWorks() {
    acme.isDeclined(1, 1, "expired_card")
        .expectAlert(AlertType.RECHARGE_FAILED, "acme:1:1", null)
        .expectAlert(AlertType.CUSTOMER_ACTION_REQUIRED, "acme:1:1", null)
        .expectNothingMore()
        .isGranted("g1", 50_00)
        .uses("u1", 45_00)
        .soFar()
        .pays("p1", 4_00) // not above the threshold
        .uses("u2", 1)
        .soFar()
        .pays("p2", 10_00)
        .expectEntry(EntryType.PURCHASE, 10_00, 18_99)
        .expectNothingMore()
        .uses("u3", 9_00)
        .expectEntry(EntryType.USAGE, -9_00, 9_99)
        .expectRecharge(2, 10_01, BELOW_THRESHOLD);
  }

  @Test
  void shouldTryACodeThatNobodyKnowsOnceAndThenAskTheCustomer() {
    acme.isDeclined(1, 1, "never_heard_of")
        .expectAlert(AlertType.RECHARGE_FAILED, "acme:1:1", START + HOUR)
        .until(START + HOUR)
        .expectRecharge(1, 2, 20_00, RETRY_AFTER_DECLINE)
        .isDeclined(1, 2, "insufficient_funds")
        .until(START + HOUR + DAY)
        .expectRecharge(1, 3, 20_00, RETRY_AFTER_DECLINE)
        .isDeclined(1, 3, "neither_this")
        .expectAlert(AlertType.CUSTOMER_ACTION_REQUIRED, "acme:1:3", null)
        .expectNothingMore();
  }

  @Test
  void shouldForgetAnUnknownCodeWithItsRecharge() {
    acme.isDeclined(1, 1, "never_heard_of")
        .recharges(10_00, 20_00)
        .soFar()
        .happens(decline("d", "never_heard_of").recharge("acme:2", 1))
        .expectAlert(AlertType.RECHARGE_FAILED, "acme:2:1", START + HOUR)
        .expectNothingMore();
  }

  @Test
  void shouldStopAtTheFourthDeclineWhateverItsClass() {
    acme.isDeclined(1, 1, "insufficient_funds")
        .until(START + HOUR)
        .isDeclined(1, 2, "do_not_honor")
        .until(START + 2 * HOUR)
        .isDeclined(1, 3, "do_not_honor")
        .until(START + 3 * HOUR)
        .soFar()
        .isDeclined(1, 4, "do_not_honor")
        .expectAlert(AlertType.RECHARGE_DISABLED, "acme:1:4", null)
        .expectNothingMore()
        .pays("p1", 20_00) // for good: a purchase does not start it again
        .uses("u1", 15_00)
        .soFar()
        .until(START + 60 * DAY)
        .expectNothingMore();
  }

  // The bank.

  @Test
  void shouldHaveTheCustomerCallTheBankAndTryAgainAfterAnHour() {
    acme.isDeclined(1, 1, "call_issuer")
        .expectAlert(AlertType.RECHARGE_FAILED, "acme:1:1", START + HOUR)
        .expectAlert(AlertType.CONTACT_ISSUER, "acme:1:1", START + HOUR)
        .expectNothingMore()
        .until(START + HOUR)
        .expectRecharge(1, 2, 20_00, RETRY_AFTER_DECLINE)
        .isDeclined(1, 2, "call_issuer")
        .expectAlert(AlertType.CONTACT_ISSUER, "acme:1:2", START + 2 * HOUR)
        .expectNothingMore();
  }

  @Test
  void shouldTryAgainAnHourAfterTheBankWasCleared() {
    acme.isDeclined(1, 1, "do_not_honor")
        .soFar()
        .at(START + HOUR / 2)
        .clearsIssuer(null)
        .expectNothingMore()
        .until(START + HOUR + HOUR / 2 - 1)
        .expectNothingMore()
        .until(START + HOUR + HOUR / 2)
        .expectRecharge(1, 2, 20_00, RETRY_AFTER_DECLINE);
  }

  @Test
  void shouldTryAtOnceIfTheBankWasClearedLongAgo() {
    acme.isDeclined(1, 1, "do_not_honor").soFar().at(START + HOUR / 2);
    acme.happens(clearedAt(START - DAY)).expectRecharge(1, 2, 20_00, RETRY_AFTER_DECLINE);
  }

  @Test
  void shouldIgnoreAClearanceOfAnotherCardOrWithoutNeed() {
    acme.happens(ofRecharge(1, "do_not_honor").card("card"))
        .soFar()
        .at(START + 1)
        .clearsIssuer("other")
        .until(START + HOUR)
        .soFar() // asks for a slot of the card, at the time it always had
        .isAnswered(1, 2, null)
        .expectRecharge(1, 2, 20_00, RETRY_AFTER_DECLINE)
        .happens(ofRecharge(2, "insufficient_funds").card("card"))
        .soFar()
        .clearsIssuer("card")
        .until(START + HOUR + DAY - 1)
        .expectNothingMore();
  }

  // Which results count.

  @Test
  void shouldIgnoreResultsOfOtherAttempts() {
    acme.isDeclined(1, 2, "stolen_card")
        .isDeclined(2, 1, "stolen_card")
        .happens(decline("d", "stolen_card").recharge("acme:1", null))
        .happens(decline("e", "stolen_card").recharge("other:1", 1))
        .happens(decline("acme:1", "stolen_card").recharge(null, 1))
        .expectNothingMore()
        .isDeclined(1, 1, "insufficient_funds")
        .expectAlert(AlertType.RECHARGE_FAILED, "acme:1:1", START + HOUR)
        .happens(decline("again", "stolen_card").recharge("acme:1", 1))
        .expectNothingMore();
  }

  @Test
  void shouldEndARechargeByALateSuccessOfADeclinedAttempt() {
    acme.isDeclined(1, 1, "insufficient_funds")
        .soFar()
        .happens(payment("r1", 2000 * CENT).recharge("acme:1", 1))
        .expectEntry(EntryType.PURCHASE, 20_00, 20_00)
        .expectNothingMore()
        .until(START + DAY)
        .expectNothingMore();
  }

  @Test
  void shouldTakeTheDeclineOfAStalledAttempt() {
    acme.until(START + DAY)
        .soFar()
        .isDeclined(1, 1, "insufficient_funds")
        .expectAlert(AlertType.RECHARGE_FAILED, "acme:1:1", START + DAY + HOUR)
        .expectNothingMore();
  }

  @Test
  void shouldKnowADeclineByPaymentAndAttempt() {
    acme.isDeclined(1, 1, "insufficient_funds")
        .soFar()
        .at(START + 1)
        .happens(ofRecharge(1, "insufficient_funds").occurredAt(START + 1))
        .expectDuplicate()
        .happens(ofRecharge(1, "stolen_card"))
        .expectRejected(RejectionReason.CONFLICTING_DUPLICATE)
        .happens(decline("d1-1", "insufficient_funds").recharge("acme:1", 2))
        .expectNothingMore()
        .happens(decline("d1-1", "insufficient_funds").recharge("acme:1", null))
        .expectNothingMore();
  }

  @Test
  void shouldRefuseADeclineInAnotherCurrency() {
    acme.happens(ofRecharge(1, "stolen_card").currency("EUR"))
        .expectRejected(RejectionReason.CURRENCY_MISMATCH)
        .isDeclined(1, 1, "insufficient_funds")
        .expectAlert(AlertType.RECHARGE_FAILED, "acme:1:1", START + HOUR);
  }

  // Settings, credit and the month.

  @Test
  void shouldStartAnewWhenConfiguredWhileItWaits() {
    acme.isDeclined(1, 1, "insufficient_funds")
        .soFar()
        .recharges(10_00, 30_00)
        .expectRecharge(2, 30_00, BELOW_THRESHOLD)
        .until(START + HOUR / 4 - 1)
        .expectNothingMore();
  }

  @Test
  void shouldApplyWaitingSettingsRightAfterTheDecline() {
    acme.recharges(10_00, 30_00)
        .expectNothingMore()
        .isDeclined(1, 1, "stolen_card")
        .expectAlert(AlertType.RECHARGE_FAILED, "acme:1:1", null)
        .expectAlert(AlertType.RECHARGE_DISABLED, "acme:1:1", null)
        .expectRecharge(2, 30_00, BELOW_THRESHOLD)
        .rechargesNoMore()
        .isDeclined(2, 1, "insufficient_funds")
        .expectAlert(AlertType.RECHARGE_FAILED, "acme:2:1", START + HOUR)
        .until(START + 60 * DAY)
        .expectNothingMore();
  }

  @Test
  void shouldNotNeedTheNextAttemptOnceCreditLiftsTheBalance() {
    acme.isDeclined(1, 1, "insufficient_funds")
        .soFar()
        .isGranted("g1", 10_00) // at the threshold, not above it
        .isGranted("g2", 1)
        .until(START + DAY)
        .soFar()
        .uses("u1", 1)
        .expectEntry(EntryType.USAGE, -1, 10_00)
        .expectRecharge(2, 10_00, BELOW_THRESHOLD);
  }

  @Test
  void shouldNotCountInItsMonthWhatWasDeclinedForGood() {
    acme.isDeclined(1, 1, "insufficient_funds")
        .rechargesUpTo(20_00, 10_00, 20_00)
        .expectRecharge(2, 20_00, BELOW_THRESHOLD)
        .isDeclined(2, 1, "expired_card")
        .pays("p1", 15_00)
        .soFar()
        .uses("u1", 15_00)
        .expectEntry(EntryType.USAGE, -15_00, 0)
        .expectRecharge(3, 20_00, BELOW_THRESHOLD);
  }

  @Test
  void shouldKeepItsPlaceInTheMonthOfItsDecisionWhileItIsTried() {
    long april = time("2026-04-01T00:00:00Z");
    acme.rechargesNoMore()
        .isDeclined(1, 1, "stolen_card")
        .at(april - HOUR / 2)
        .rechargesUpTo(20_00, 10_00, 20_00)
        .soFar()
        .isDeclined(2, 1, "insufficient_funds")
        .until(april + HOUR)
        .soFar()
        .happens(payment("r2", 2000 * CENT).recharge("acme:2", 2))
        .uses("u1", 20_00)
        .expectEntry(EntryType.PURCHASE, 20_00, 20_00)
        .expectEntry(EntryType.USAGE, -20_00, 0)
        .expectRecharge(3, 20_00, BELOW_THRESHOLD);
  }

  // Words.

  @Test
  void shouldSayWhatHappenedWhatToDoAndHowLongTheCreditLasts() {
    AccountScenario story = new AccountScenario().at(START + 12 * HOUR);
    story.wantsAlertsAt().pays("p1", 30_00).recharges(10_00, 20_00).uses("u1", 24_00).soFar();
    story.until(START + 12 * HOUR + HOUR / 2).soFar().isDeclined(1, 1, "do_not_honor");
    BalanceAlert failed = story.alert();
    assertThat(failed.type()).isEqualTo(AlertType.RECHARGE_FAILED);
    assertThat(failed.projectedExhaustionAt()).isNotNull();
    assertThat(failed.detail())
        .isEqualTo(
            "Your card was declined for 14.00 USD. Next try at 13:30 UTC. Your credit lasts until about 12:45 UTC.");
    BalanceAlert contact = story.alert();
    assertThat(contact.projectedExhaustionAt()).as("for recharges and levels only").isNull();
    assertThat(contact.detail())
        .isEqualTo(
            "Your bank holds the payment of 14.00 USD. Call it, and ask it to let the payment through. Next try at 13:30 UTC. Your credit lasts until about 12:45 UTC.");
  }

  @Test
  void shouldNameTheDayOfWhatIsNotToday() {
    acme.happens(ofRecharge(1, "insufficient_funds").advice(null, "02"));
    assertThat(acme.alert().detail())
        .isEqualTo(
            "Your card was declined for 20.00 USD. Next try at 2026-03-13 00:00 UTC. Your credit is used up.");
  }

  private static DeclineBuilder ofRecharge(int attempt, String code) {
    return decline("d1-" + attempt, code).recharge("acme:1", attempt);
  }

  private static IssuerCleared clearedAt(long time) {
    return new IssuerCleared("acme", null, time);
  }
}
