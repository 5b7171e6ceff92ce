package io.tollgate.domain.account;

import static io.tollgate.domain.account.AccountScenario.time;
import static io.tollgate.domain.effect.Effect.AccountStatus.ACTIVE;
import static io.tollgate.domain.effect.Effect.CreditState.FUNDED;
import static io.tollgate.domain.event.AccountEvent.VerificationStatus.FAILED;
import static io.tollgate.domain.event.AccountEvent.VerificationStatus.PENDING;
import static io.tollgate.domain.event.AccountEvent.VerificationStatus.REVOKED;
import static io.tollgate.domain.event.AccountEvent.VerificationStatus.UNVERIFIED;
import static io.tollgate.domain.event.AccountEvent.VerificationStatus.VERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.effect.Effect.ClaimKind;
import io.tollgate.domain.effect.Effect.ClaimRequested;
import io.tollgate.domain.event.AccountEvent.VerificationStatus;
import io.tollgate.domain.event.AccountEvent.VerificationUpdated;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With an identity, VERIFIED waits for the registry; the latest word still wins. */
class IdentityClaimTest {

  private static final long START = time("2026-03-01T00:00:00Z");

  private final AccountScenario acme = new AccountScenario().at(START).pays("p", 1000).soFar();

  private AccountScenario says(VerificationStatus status, long occurredAt) {
    return acme.happens(new VerificationUpdated("acme", status, null, occurredAt, null));
  }

  @Test
  void shouldBePendingUntilAnswered() {
    acme.isVerifiedAs("i");
    ClaimRequested claim = acme.claim();
    assertThat(claim).isEqualTo(ClaimRequested.claim(ClaimKind.IDENTITY, "i", "acme", "1", START));
    acme.expectSilence();

    acme.isAnswered(claim, true).expectAccess(ACTIVE, true, FUNDED).expectSilence();
  }

  @Test
  void shouldCountARefusalAsFailed() {
    acme.isVerifiedAs("i");
    acme.isAnswered(acme.claim(), false).expectSilence();
    assertThat(acme.account().verified).isFalse();

    acme.verification(VERIFIED).expectAccess(ACTIVE, true, FUNDED);
    acme.isVerifiedAs("j");
    acme.isAnswered(acme.claim(), false).expectSilence();
    assertThat(acme.account().verified).as("a failure ends nothing").isTrue();
  }

  @Test
  void shouldAskForNothingWithoutAnIdentity() {
    acme.verification(VERIFIED).expectAccess(ACTIVE, true, FUNDED).expectSilence();
  }

  @Test
  void shouldAskAgainToRenew() {
    acme.isVerifiedAs("i");
    acme.isAnswered(acme.claim(), true).soFar();

    acme.at(START + 1).isVerifiedAs("i");
    ClaimRequested renewal = acme.claim();
    assertThat(renewal.subject()).isEqualTo("2");
    acme.isAnswered(renewal, true).expectSilence();
    assertThat(acme.account().verified).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = VerificationStatus.class,
      names = {"UNVERIFIED", "REVOKED"})
  void shouldLetALaterEndWinOverAClaimThatIsPending(VerificationStatus end) {
    acme.isVerifiedAs("i");
    ClaimRequested claim = acme.claim();
    says(end, START + 1);

    acme.isAnswered(claim, true).expectDuplicate().expectSilence();
    assertThat(acme.account().verified).isFalse();
  }

  @Test
  void shouldNotLetAnOlderEndStopAClaim() {
    acme.isVerifiedAs("i");
    ClaimRequested claim = acme.claim();
    says(REVOKED, START - 1);

    acme.isAnswered(claim, true).expectAccess(ACTIVE, true, FUNDED);
  }

  @Test
  void shouldClaimNothingForAWordThatIsOutdated() {
    says(UNVERIFIED, START + 1);

    acme.isVerifiedAs("i").expectSilence();
  }

  @ParameterizedTest
  @EnumSource(
      value = VerificationStatus.class,
      names = {"PENDING", "FAILED"})
  void shouldLetAClaimOutliveWhatEndsNothing(VerificationStatus later) {
    acme.isVerifiedAs("i");
    ClaimRequested claim = acme.claim();
    says(later, START + 1);

    acme.isAnswered(claim, true).expectAccess(ACTIVE, true, FUNDED);
  }

  @Test
  void shouldTellClaimsBeforeAnEndFromThoseAfterIt() {
    acme.isVerifiedAs("i");
    ClaimRequested before = acme.claim();
    says(REVOKED, START + 1);
    acme.at(START + 2).isVerifiedAs("i");
    ClaimRequested after = acme.claim();

    acme.isAnswered(before, true).expectDuplicate().expectSilence();
    acme.isAnswered(after, true).expectAccess(ACTIVE, true, FUNDED);
  }

  @Test
  void shouldVerifyByWhicheverOfTwoClaimsIsGranted() {
    acme.isVerifiedAs("i");
    ClaimRequested first = acme.claim();
    acme.isVerifiedAs("j");
    ClaimRequested second = acme.claim();

    acme.isAnswered(second, false).expectSilence();
    acme.isAnswered(first, true).expectAccess(ACTIVE, true, FUNDED);
  }

  @Test
  void shouldEndOnceVerifiedOnlyByUnverifiedOrRevoked() {
    acme.isVerifiedAs("i");
    acme.isAnswered(acme.claim(), true).soFar();
    says(PENDING, START + 1).expectSilence();
    says(FAILED, START + 2).expectSilence();

    says(REVOKED, START + 3).expectAccess(ACTIVE, false, FUNDED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "2", "-1", "01", "", "one", "99999999999999999999"})
  void shouldChangeNothingByAnAnswerThatNobodyWaitsFor(String subject) {
    acme.isVerifiedAs("i");
    acme.claim();

    acme.isAnswered(ClaimRequested.claim(ClaimKind.IDENTITY, "i", "acme", subject, START), true)
        .expectDuplicate()
        .expectSilence();
    assertThat(acme.account().verified).isFalse();
  }
}
