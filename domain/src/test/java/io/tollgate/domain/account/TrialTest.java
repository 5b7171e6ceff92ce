package io.tollgate.domain.account;

import static io.tollgate.domain.account.AccountScenario.CENT;
import static io.tollgate.domain.account.AccountScenario.moved;
import static io.tollgate.domain.account.AccountScenario.time;
import static io.tollgate.domain.event.GrantBuilder.grant;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.effect.Effect.ClaimKind;
import io.tollgate.domain.effect.Effect.ClaimRequested;
import io.tollgate.domain.effect.Effect.EntryType;
import io.tollgate.domain.effect.Effect.LedgerEntry;
import io.tollgate.domain.effect.Effect.LotKind;
import io.tollgate.domain.effect.Effect.TrialDecided;
import io.tollgate.domain.event.AccountEvent.AccountOpened;
import io.tollgate.domain.event.AccountEvent.BuyerType;
import io.tollgate.domain.event.AccountEvent.PhoneVerified;
import org.junit.jupiter.api.Test;

/** One trial per phone and per account, for ever. */
class TrialTest {

  private static final long OPENED = time("2026-01-31T09:00:00Z");
  private static final long START = time("2026-02-03T12:00:00Z");
  private static final long DOLLAR = 100 * CENT;

  private final AccountScenario acme = new AccountScenario().at(START);

  private AccountScenario opened(long at) {
    return acme.happens(new AccountOpened("acme", at, "USD", null, BuyerType.BUSINESS)).soFar();
  }

  private ClaimRequested claimOf(String phone) {
    return acme.verifiesPhone(phone).claim();
  }

  @Test
  void shouldAskForThePhoneAndGiveNothingYet() {
    assertThat(claimOf("p"))
        .isEqualTo(ClaimRequested.claim(ClaimKind.PHONE, "p", "acme", "p", START));
    acme.expectNothingMore().expectPosted(0);
  }

  @Test
  void shouldGiveTheTrialForThreeCalendarMonthsFromTheOpening() {
    opened(OPENED);
    ClaimRequested claim = claimOf("p");

    acme.at(START + 400).isAnswered(claim, true);
    LedgerEntry entry = acme.entry();
    assertThat(entry.type()).isEqualTo(EntryType.GRANT);
    assertThat(entry.amountNanos()).isEqualTo(5 * DOLLAR);
    assertThat(entry.lotMovements()).containsExactly(moved("trial:acme", 500));
    assertThat(entry.cause().topic()).isEqualTo("account-events");
    assertThat(entry.cause().id()).isEqualTo("p");
    assertThat(entry.cause().offset()).as("of the verification, not of the answer").isEqualTo(1);
    assertThat(entry.occurredAt()).isEqualTo(START);
    assertThat(entry.recordedAt()).isEqualTo(START + 400);
    assertThat(acme.trial())
        .isEqualTo(new TrialDecided("acme", "p", true, null, "trial:acme", START + 400));
    assertThat(acme.lot("trial:acme").kind()).isEqualTo(LotKind.TRIAL);
    assertThat(acme.lot("trial:acme").effectiveAt()).isEqualTo(START + 400);
    assertThat(acme.lot("trial:acme").expiresAt()).isEqualTo(time("2026-04-30T09:00:00Z"));
  }

  @Test
  void shouldCountFromTheVerificationWhereTheOpeningIsNotKnown() {
    acme.happens(new PhoneVerified("acme", "p", START - 1_000));
    acme.isAnswered(acme.claim(), true);

    assertThat(acme.lot("trial:acme").expiresAt()).isEqualTo(time("2026-05-03T11:59:59Z"));
  }

  @Test
  void shouldSayWhyAnotherAccountsPhoneEarnsNothing() {
    acme.isAnswered(claimOf("p"), false);

    assertThat(acme.trial()).isEqualTo(new TrialDecided("acme", "p", false, "TAKEN", null, START));
    acme.expectNothingMore().expectPosted(0);
  }

  @Test
  void shouldGiveAnAccountOneTrialHoweverManyPhonesItHas() {
    ClaimRequested first = claimOf("p");
    ClaimRequested second = claimOf("q");

    acme.isAnswered(second, true).isAnswered(first, true);
    assertThat(acme.trial().granted()).isTrue();
    assertThat(acme.trial())
        .isEqualTo(new TrialDecided("acme", "p", false, "ACCOUNT_HAD_TRIAL", null, START));
    acme.expectPosted(500);
    acme.uses("u", 500).soFar();
    acme.isAnswered(claimOf("r"), true);
    assertThat(acme.trial().reason()).isEqualTo("ACCOUNT_HAD_TRIAL");
    acme.expectPosted(0);
  }

  @Test
  void shouldStillHaveItsTrialAfterAPhoneThatWasRefused() {
    acme.isAnswered(claimOf("p"), false).isAnswered(claimOf("q"), true);

    assertThat(acme.trial().granted()).isFalse();
    assertThat(acme.trial().granted()).isTrue();
    acme.expectPosted(500);
  }

  @Test
  void shouldGiveNothingOnceTheThreeMonthsAreOver() {
    opened(OPENED);
    ClaimRequested claim = acme.at(time("2026-04-30T08:59:59.999Z")).verifiesPhone("p").claim();

    acme.at(time("2026-04-30T09:00:00Z")).isAnswered(claim, true);
    assertThat(acme.trial().reason()).isEqualTo("TRIAL_PERIOD_OVER");
    acme.expectNothingMore().expectPosted(0);
  }

  @Test
  void shouldGiveTheTrialInItsLastMillisecond() {
    opened(OPENED);
    acme.at(time("2026-04-30T08:59:59.999Z")).isAnswered(claimOf("p"), true);

    assertThat(acme.trial().granted()).isTrue();
    acme.expectPosted(500).until("2026-04-30T10:00:00Z").expectPosted(0);
  }

  @Test
  void shouldAskOnceForOnePhone() {
    claimOf("p");

    acme.verifiesPhone("p").expectDuplicate();
    acme.happens(new PhoneVerified("acme", "p", START - 77)).expectDuplicate();
    acme.expectNothingMore();
  }

  @Test
  void shouldDecideOnce() {
    ClaimRequested claim = claimOf("p");
    acme.isAnswered(claim, false);
    acme.trial();

    acme.isAnswered(claim, true).expectDuplicate();
    acme.verifiesPhone("p").expectDuplicate();
    acme.expectNothingMore().expectPosted(0);
  }

  @Test
  void shouldChangeNothingByAnAnswerThatNobodyWaitsFor() {
    acme.isAnswered(ClaimRequested.claim(ClaimKind.PHONE, "p", "acme", "p", START), true)
        .expectDuplicate()
        .expectSilence();
    assertThat(acme.knowsTheAccount()).isFalse();
  }

  @Test
  void shouldPayDebtFirst() {
    acme.uses("u", 60).soFar();
    acme.isAnswered(claimOf("p"), true);

    acme.expectEntry(EntryType.GRANT, 500, 440, moved("trial:acme", 440)).expectDebt(0);
  }

  @Test
  void shouldRefuseATrialThatDoesNotFitIntoTheBooks() {
    acme.happens(grant("huge", Long.MAX_VALUE - 5 * DOLLAR + 1)).soFar();
    acme.isAnswered(claimOf("p"), true);

    assertThat(acme.trial().reason()).isEqualTo("BALANCE_TOO_LARGE");
    acme.expectNothingMore();
  }

  @Test
  void shouldRefuseAPhoneWithoutHash() {
    acme.verifiesPhone("").expectRejected(RejectionReason.MALFORMED);
    acme.verifiesPhone("h".repeat(257)).expectRejected(RejectionReason.LIMIT_EXCEEDED);
  }
}
