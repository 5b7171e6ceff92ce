package io.tollgate.domain.account;

import static io.tollgate.domain.account.AccountScenario.CENT;
import static io.tollgate.domain.account.AccountScenario.time;
import static io.tollgate.domain.effect.Effect.ClaimAction.CLAIM;
import static io.tollgate.domain.effect.Effect.ClaimAction.DECLINED;
import static io.tollgate.domain.effect.Effect.ClaimAction.RELEASED;
import static io.tollgate.domain.effect.Effect.RechargeReason.BELOW_THRESHOLD;
import static io.tollgate.domain.effect.Effect.RechargeReason.RETRY_AFTER_DECLINE;
import static io.tollgate.domain.event.DeclineBuilder.decline;
import static io.tollgate.domain.event.PaymentBuilder.payment;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.effect.Effect.AlertType;
import io.tollgate.domain.effect.Effect.BalanceAlert;
import io.tollgate.domain.effect.Effect.ClaimAction;
import io.tollgate.domain.effect.Effect.ClaimKind;
import io.tollgate.domain.effect.Effect.ClaimRequested;
import io.tollgate.domain.effect.Effect.EntryType;
import io.tollgate.domain.event.AccountEvent.ClaimAnswered;
import org.junit.jupiter.api.Test;

/** The budget of a card over all accounts, as one account sees it. */
class CardClaimsTest {

  private static final long START = time("2026-03-10T00:00:00Z");
  private static final long HOUR = 3_600_000L;
  private static final long DAY = 24 * HOUR;

  private final AccountScenario acme = new AccountScenario().at(START).wantsAlertsAt();

  /** Has paid with a card, used it up, and asks for its first recharge. */
  private AccountScenario claiming() {
    return acme.happens(payment("p1", 1000 * CENT).card("card"))
        .recharges(5_00, 20_00)
        .soFar()
        .uses("u1", 5_00)
        .expectEntry(EntryType.USAGE, -5_00, 5_00);
  }

  private AccountScenario pending() {
    return claiming().isAnswered(1, 1, null).soFar();
  }

  // Before an attempt.

  @Test
  void shouldAskForASlotOfTheCardBeforeAnAttempt() {
    claiming()
        .expectClaim(CLAIM, "card", "acme:1:1")
        .expectNothingMore()
        .at(START + 1)
        .isAnswered(1, 1, null)
        .expectRecharge(1, 15_00, BELOW_THRESHOLD)
        .expectNothingMore();
  }

  @Test
  void shouldCountTheDeadlineFromWhenTheAttemptIsSent() {
    claiming().soFar().at(START + 1).isAnswered(1, 1, null);
    assertThat(acme.recharge().deadline()).isEqualTo(START + 1 + HOUR / 4);
  }

  @Test
  void shouldWaitUntilTheBudgetHasRoomAndThenAskAgain() {
    claiming().soFar().isAnswered(1, 1, START + DAY);
    BalanceAlert delayed = acme.alert();
    assertThat(delayed.alertId())
        .isEqualTo("acme:RECHARGE_DELAYED:acme:1:1:2026-03-11T00:00:00.000Z");
    assertThat(delayed.causeId()).isEqualTo("acme:1");
    assertThat(delayed.nextAttemptAt()).isEqualTo(START + DAY);
    assertThat(delayed.projectedExhaustionAt()).isEqualTo(START + HOUR);
    assertThat(delayed.detail())
        .isEqualTo(
            "Your card was declined too often in the last 30 days to be charged 15.00 USD now. Next try at 2026-03-11 00:00 UTC. To go on at once, buy credit with another card. Your credit lasts until about 01:00 UTC.");
    acme.expectNothingMore()
        .until(START + DAY)
        .expectClaim(CLAIM, "card", "acme:1:1")
        .isAnswered(1, 1, START + 2 * DAY)
        .expectAlert(
            AlertType.RECHARGE_DELAYED, "acme:1:1:2026-03-12T00:00:00.000Z", START + 2 * DAY)
        .until(START + 2 * DAY)
        .soFar()
        .isAnswered(1, 1, null)
        .expectRecharge(1, 15_00, BELOW_THRESHOLD); // still the first attempt
  }

  /** Two refusals name the same time when the registry was away for longer than until then. */
  @Test
  void shouldAskAgainAtOnceIfARefusalComesWhenItsTimeIsOver() {
    claiming()
        .soFar()
        .until(START + HOUR)
        .soFar()
        .isAnswered(1, 1, START + HOUR)
        .expectClaim(CLAIM, "card", "acme:1:1")
        .expectNothingMore()
        .isAnswered(1, 1, null)
        .expectRecharge(1, 15_00, BELOW_THRESHOLD);
  }

  @Test
  void shouldAskAgainForEachAttempt() {
    pending()
        .happens(decline("d1", "insufficient_funds").recharge("acme:1", 1).card("card"))
        .soFar()
        .until(START + HOUR)
        .expectClaim(CLAIM, "card", "acme:1:2")
        .expectNothingMore()
        .isAnswered(1, 2, null)
        .expectRecharge(1, 2, 15_00, RETRY_AFTER_DECLINE);
  }

  @Test
  void shouldNotAskAgainForWhatIsSentAgain() {
    pending().until(START + HOUR);
    acme.recharge();
    acme.recharge();
    acme.recharge();
    acme.expectAlert(AlertType.RECHARGE_STALLED, "acme:1:1", null).expectNothingMore();
  }

  @Test
  void shouldNotAskWithoutAKnownCard() {
    acme.recharges(5_00, 20_00).expectRecharge(1, 20_00, BELOW_THRESHOLD).expectNothingMore();
  }

  @Test
  void shouldGoByTheCardOfThePaymentWithTheLatestOwnTime() {
    acme.happens(payment("p1", 1000 * CENT).card("newer"))
        .happens(payment("p2", 1000 * CENT).card("older").occurredAt(START - 1))
        .happens(payment("p3", 1000 * CENT))
        .recharges(5_00, 20_00)
        .soFar()
        .uses("u1", 25_00)
        .expectClaim(CLAIM, "newer", "acme:1:1");
  }

  @Test
  void shouldGoByTheCardOfADeclineToo() {
    acme.happens(payment("p1", 1000 * CENT).card("card"))
        .at(START + 1)
        .happens(decline("d1", "insufficient_funds").card("other"))
        .recharges(5_00, 20_00)
        .soFar()
        .uses("u1", 5_00)
        .expectClaim(CLAIM, "other", "acme:1:1");
  }

  @Test
  void shouldAskForTheCardOfThatTimeWhenItIsTriedAgain() {
    pending()
        .happens(decline("d1", "insufficient_funds").recharge("acme:1", 1).card("card"))
        .at(START + 1)
        .uses("u2", 1_00)
        .happens(payment("p2", 1).card("new"))
        .soFar()
        .until(START + HOUR)
        .expectClaim(CLAIM, "new", "acme:1:2");
  }

  // While it waits for the answer.

  @Test
  void shouldAskAgainIfNobodyAnswers() {
    claiming()
        .soFar()
        .until(START + HOUR / 4 - 1)
        .expectNothingMore()
        .until(START + HOUR / 4)
        .expectClaim(CLAIM, "card", "acme:1:1")
        .until(START + HOUR / 2)
        .expectClaim(CLAIM, "card", "acme:1:1")
        .expectNothingMore()
        .isAnswered(1, 1, null)
        .expectRecharge(1, 15_00, BELOW_THRESHOLD)
        .isAnswered(1, 1, null)
        .expectDuplicate();
  }

  @Test
  void shouldTurnOffAtOnceAsNothingHasGoneOut() {
    claiming()
        .soFar()
        .rechargesNoMore()
        .expectClaim(RELEASED, "card", "acme:1:1")
        .isAnswered(1, 1, null)
        .expectDuplicate()
        .until(START + 60 * DAY)
        .expectNothingMore();
  }

  @Test
  void shouldStartAnewWithNewSettings() {
    claiming()
        .soFar()
        .recharges(5_00, 30_00)
        .expectClaim(RELEASED, "card", "acme:1:1")
        .expectClaim(CLAIM, "card", "acme:2:1")
        .expectNothingMore()
        .isAnswered(1, 1, null)
        .expectDuplicate()
        .isAnswered(2, 1, null)
        .expectRecharge(2, 25_00, BELOW_THRESHOLD);
  }

  @Test
  void shouldNotAskForMoneyThatIsNotNeededAnyMore() {
    claiming()
        .soFar()
        .pays("p2", 1)
        .expectClaim(RELEASED, "card", "acme:1:1")
        .expectEntry(EntryType.PURCHASE, 1, 5_01)
        .isAnswered(1, 1, null)
        .expectDuplicate()
        .expectNothingMore();
  }

  @Test
  void shouldNotWaitForEverForABudgetThatGivesNoTime() {
    claiming()
        .soFar()
        .happens(
            new ClaimAnswered(
                ClaimKind.CARD, "CARD:card", "acme", "acme:1:1", false, null, null, START))
        .soFar()
        .until(START + HOUR / 4)
        .expectClaim(CLAIM, "card", "acme:1:1");
  }

  // After the attempt.

  @Test
  void shouldFreeTheSlotOfWhatWasPaid() {
    pending()
        .happens(payment("r1", 1500 * CENT).recharge("acme:1", 1).card("card"))
        .expectClaim(RELEASED, "card", "acme:1:1")
        .expectEntry(EntryType.PURCHASE, 15_00, 20_00)
        .expectNothingMore();
  }

  @Test
  void shouldReportADeclineInThePlaceOfTheSlot() {
    pending()
        .at(START + 10)
        .happens(
            decline("d1", "insufficient_funds")
                .recharge("acme:1", 1)
                .card("card")
                .occurredAt(START + 7));
    assertThat(acme.claim())
        .isEqualTo(
            new ClaimRequested(
                ClaimKind.CARD,
                ClaimAction.DECLINED,
                "CARD:card",
                "acme",
                "acme:1:1",
                "d1:1",
                START + 10,
                START + 7));
    acme.expectAlert(AlertType.RECHARGE_FAILED, "acme:1:1", START + 10 + HOUR).expectNothingMore();
  }

  @Test
  void shouldFreeTheSlotIfAnotherCardWasDeclined() {
    pending()
        .happens(decline("d1", "insufficient_funds").recharge("acme:1", 1).card("other"))
        .expectClaim(DECLINED, "other", "acme:1:1")
        .expectClaim(RELEASED, "card", "acme:1:1")
        .expectAlert(AlertType.RECHARGE_FAILED, "acme:1:1", START + HOUR)
        .expectNothingMore();
  }

  @Test
  void shouldFreeTheSlotIfNobodySaysWhichCardWasDeclined() {
    pending()
        .isDeclined(1, 1, "insufficient_funds")
        .expectClaim(RELEASED, "card", "acme:1:1")
        .expectAlert(AlertType.RECHARGE_FAILED, "acme:1:1", START + HOUR)
        .expectNothingMore();
  }

  @Test
  void shouldReportEveryDeclineOfACard() {
    acme.happens(decline("manual", "stolen_card").card("card"))
        .expectClaim(DECLINED, "card", "manual")
        .happens(decline("again", "stolen_card").recharge(null, 2).card("card"))
        .expectClaim(DECLINED, "card", "again:2")
        .happens(decline("old", "stolen_card").recharge("acme:7", 3).card("card"))
        .expectClaim(DECLINED, "card", "acme:7:3")
        .happens(decline("nobody", "stolen_card"))
        .expectNothingMore();
  }

  @Test
  void shouldFreeTheSlotOfWhatIsGivenUp() {
    pending()
        .until(START + DAY)
        .soFar()
        .rechargesNoMore()
        .expectClaim(RELEASED, "card", "acme:1:1")
        .expectNothingMore();
  }
}
