package io.tollgate.domain.account;

import static io.tollgate.domain.account.AccountScenario.CENT;
import static io.tollgate.domain.account.AccountScenario.time;
import static io.tollgate.domain.effect.Effect.AccountStatus.ACTIVE;
import static io.tollgate.domain.effect.Effect.AccountStatus.SUSPENDED;
import static io.tollgate.domain.effect.Effect.CreditState.EXHAUSTED;
import static io.tollgate.domain.effect.Effect.CreditState.FUNDED;
import static io.tollgate.domain.event.GrantBuilder.grant;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.effect.Effect.AlertType;
import io.tollgate.domain.effect.Effect.BlockReason;
import io.tollgate.domain.effect.Effect.EntryType;
import io.tollgate.domain.event.AccountEvent.AccountOpened;
import io.tollgate.domain.event.AccountEvent.AccountReinstated;
import io.tollgate.domain.event.AccountEvent.AccountSuspended;
import io.tollgate.domain.event.AccountEvent.AlertLevelsConfigured;
import io.tollgate.domain.event.AccountEvent.BuyerType;
import io.tollgate.domain.event.AccountEvent.OverdraftConfigured;
import io.tollgate.domain.event.AccountEvent.VerificationStatus;
import io.tollgate.domain.event.AccountEvent.VerificationUpdated;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The latest by its own time holds; of two with one time, the one that arrives later. */
class SettingsTest {

  private static final long START = time("2026-03-01T00:00:00Z");

  private final AccountScenario acme = new AccountScenario().at(START);

  @Test
  void shouldLetTheLatestOverdraftHold() {
    acme.happens(new OverdraftConfigured("acme", 3 * CENT, START))
        .happens(new OverdraftConfigured("acme", 9 * CENT, START - 1))
        .uses("u1", 5)
        .expectEntry(EntryType.USAGE, -3, -3)
        .happens(new OverdraftConfigured("acme", 4 * CENT, START))
        .soFar()
        .uses("u2", 5)
        .expectEntry(EntryType.USAGE, -1, -4)
        .happens(new OverdraftConfigured("acme", 6 * CENT, START + 1))
        .soFar()
        .uses("u3", 5)
        .expectEntry(EntryType.USAGE, -2, -6);
  }

  @Test
  void shouldLetTheLatestSuspensionOrReinstatementHold() {
    acme.happens(new AccountSuspended("acme", START, null))
        .happens(new AccountReinstated("acme", START - 1, null))
        .soFar()
        .uses("u1", 1)
        .expectBlocked("u1", BlockReason.ACCOUNT_SUSPENDED)
        .happens(new AccountReinstated("acme", START, null))
        .soFar()
        .uses("u2", 1)
        .expectEntry(EntryType.USAGE, -1, -1)
        .happens(new AccountSuspended("acme", START - 1, null))
        .uses("u3", 1)
        .expectEntry(EntryType.USAGE, -1, -2);
  }

  @Test
  void shouldLetTheLatestLevelsHold() {
    acme.happens(new AlertLevelsConfigured("acme", List.of(300 * CENT), START))
        .happens(new AlertLevelsConfigured("acme", List.of(900 * CENT), START - 1))
        .pays("p1", 10_00)
        .soFar()
        .uses("u1", 6_99)
        .expectEntry(EntryType.USAGE, -6_99, 3_01)
        .expectNothingMore()
        .happens(new AlertLevelsConfigured("acme", List.of(200 * CENT), START))
        .soFar()
        .uses("u2", 1_01)
        .expectAlert(AlertType.LOW_BALANCE, "2000000000:1");
  }

  @Test
  void shouldBeVerifiedFromVerifiedOn() {
    acme.verification(VerificationStatus.VERIFIED).expectAccess(ACTIVE, true, EXHAUSTED);
    assertThat(acme.published().postedNanos()).isZero();
    acme.expectSilence();
  }

  @ParameterizedTest
  @EnumSource(names = {"UNVERIFIED", "REVOKED"})
  void shouldEndVerification(VerificationStatus status) {
    acme.verification(VerificationStatus.VERIFIED)
        .soFar()
        .verification(status)
        .expectAccessRemoved()
        .expectSilence();
  }

  @ParameterizedTest
  @EnumSource(names = {"PENDING", "FAILED"})
  void shouldNotEndVerificationByAnotherAttempt(VerificationStatus status) {
    acme.verification(VerificationStatus.VERIFIED)
        .soFar()
        .verification(status)
        .expectSilence()
        .pays("p1", 10_00)
        .expectAccess(ACTIVE, true, FUNDED);
  }

  @ParameterizedTest
  @EnumSource(names = {"PENDING", "FAILED", "UNVERIFIED", "REVOKED"})
  void shouldNotBeVerifiedByAnythingElse(VerificationStatus status) {
    acme.verification(status);
    acme.published();
    acme.expectSilence();
  }

  @Test
  void shouldLetTheLatestVerificationHold() {
    acme.happens(verification(VerificationStatus.REVOKED, START))
        .soFar()
        .happens(verification(VerificationStatus.VERIFIED, START - 1))
        .expectSilence()
        .happens(verification(VerificationStatus.VERIFIED, START))
        .expectAccess(ACTIVE, true, EXHAUSTED)
        .happens(verification(VerificationStatus.REVOKED, START - 1))
        .expectSilence();
  }

  @Test
  void shouldBeInDollarsUnlessOpenedOtherwise() {
    acme.isSuspended();
    assertThat(acme.balance().currency()).isEqualTo("USD");
    acme.opens("EUR");
    assertThat(acme.balance().currency()).isEqualTo("EUR");
    assertThat(acme.published().currency()).isEqualTo("USD");
    assertThat(acme.published().currency()).isEqualTo("EUR");
  }

  @Test
  void shouldLetTheLatestOpeningHold() {
    acme.happens(opened("EUR", START))
        .happens(opened("GBP", START - 1))
        .happens(opened("JPY", START));
    assertThat(acme.balance().currency()).isEqualTo("JPY");
  }

  @Test
  void shouldNotChangeTheCurrencyOnceMoneyHasMoved() {
    acme.pays("p1", 1_00)
        .soFar()
        .opens("EUR")
        .expectRejected(RejectionReason.CURRENCY_MISMATCH)
        .expectSilence()
        .opens("USD")
        .expectSilence()
        .happens(opened("EUR", START - 1)) // older: it would have changed nothing anyway
        .expectSilence();
    assertThat(acme.balance().currency()).isEqualTo("USD");
  }

  @Test
  void shouldTakeUsageGrantsAndPromisesForMovedMoney() {
    for (AccountScenario moved :
        List.of(
            story().uses("u1", 1),
            story().isGranted("g1", 1),
            story().happens(grant("g1", 1).effectiveAt(START + 1)))) {
      moved.soFar().opens("EUR").expectRejected(RejectionReason.CURRENCY_MISMATCH);
    }
  }

  @Test
  void shouldLetAnAccountThatNeverMovedMoneyChangeItsCurrency() {
    acme.uses("u1", 0).loses("g1").wantsAlertsAt(1_00).opens("EUR").opens("GBP");
    assertThat(acme.balance().currency()).isEqualTo("GBP");
  }

  @Test
  void shouldSaySuspendedAndActiveAgain() {
    acme.isSuspended()
        .expectAccess(SUSPENDED, false, EXHAUSTED)
        .isSuspended()
        .isReinstated()
        .expectAccessRemoved();
  }

  private static AccountScenario story() {
    return new AccountScenario().at(START);
  }

  private static AccountOpened opened(String currency, long at) {
    return new AccountOpened("acme", at, currency, "DE", BuyerType.CONSUMER);
  }

  private static VerificationUpdated verification(VerificationStatus status, long at) {
    return new VerificationUpdated("acme", status, null, at, null);
  }
}
