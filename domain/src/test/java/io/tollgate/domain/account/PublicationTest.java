package io.tollgate.domain.account;

import static io.tollgate.domain.account.AccountScenario.CENT;
import static io.tollgate.domain.account.AccountScenario.time;
import static io.tollgate.domain.effect.Effect.AccountStatus.ACTIVE;
import static io.tollgate.domain.effect.Effect.AccountStatus.SUSPENDED;
import static io.tollgate.domain.effect.Effect.CreditState.EXHAUSTED;
import static io.tollgate.domain.effect.Effect.CreditState.FUNDED;
import static io.tollgate.domain.effect.Effect.CreditState.LOW;
import static io.tollgate.domain.event.GrantBuilder.grant;
import static io.tollgate.domain.event.UsageBuilder.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.effect.Effect.AccountAccess;
import io.tollgate.domain.effect.Effect.AccountBalance;
import io.tollgate.domain.effect.Effect.Lifetime;
import io.tollgate.domain.effect.Effect.LotBalance;
import io.tollgate.domain.effect.Effect.LotKind;
import io.tollgate.domain.event.AccountEvent.Completion;
import io.tollgate.domain.event.AccountEvent.VerificationStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the world is told what an account has, and what it may do. */
class PublicationTest {

  private static final long START = time("2026-03-01T00:00:00Z");
  private static final long SECOND = 1000;

  private final AccountScenario acme = new AccountScenario().at(START);

  @Test
  void shouldTellAllOfABalance() {
    acme.pays("p1", 10_00);
    assertThat(acme.published())
        .isEqualTo(
            new AccountBalance(
                "acme",
                1,
                START,
                "USD",
                1000 * CENT,
                0,
                1000 * CENT,
                0,
                List.of(
                    new LotBalance(
                        "p1",
                        LotKind.PURCHASED,
                        1000 * CENT,
                        1000 * CENT,
                        0,
                        START,
                        time("2027-03-01T00:00:00Z"))),
                new Lifetime(1000 * CENT, 0, 0, 0, 0, 0, 0, 0)));
  }

  @Test
  void shouldPublishUsageAtMostEveryTenSeconds() {
    acme.pays("p1", 10_00).soFar().at(START + 10 * SECOND - 1).uses("u1", 1);
    assertThat(acme.entry().version()).isEqualTo(2);
    acme.expectSilence().at(START + 10 * SECOND).uses("u2", 1);
    AccountBalance waited = acme.published();
    assertThat(waited.asOf()).as("at last + 10 s").isEqualTo(START + 10 * SECOND);
    assertThat(waited.postedNanos()).isEqualTo(999 * CENT);
    assertThat(acme.entry().version()).isEqualTo(3);
    acme.expectSilence().until(START + 20 * SECOND - 1).expectSilence().until(START + 20 * SECOND);
    AccountBalance next = acme.published();
    assertThat(next.asOf()).isEqualTo(START + 20 * SECOND);
    assertThat(next.version()).isEqualTo(3);
    assertThat(next.postedNanos()).isEqualTo(998 * CENT);
    acme.until(START + 60 * SECOND).expectSilence();
  }

  @Test
  void shouldPublishUsageAtOnceIfTheLastPublicationIsTenSecondsOld() {
    acme.pays("p1", 10_00).soFar().at(START + 10 * SECOND).uses("u1", 1);
    acme.entry();
    assertThat(acme.published().asOf()).isEqualTo(START + 10 * SECOND);
    acme.expectSilence();
  }

  @Test
  void shouldPublishEverythingElseAtOnceAndWithItWhatWaited() {
    acme.pays("p1", 10_00).soFar().at(START + SECOND).uses("u1", 1).soFar().isGranted("g1", 1_00);
    acme.entry();
    assertThat(acme.published().postedNanos()).isEqualTo(1099 * CENT);
    acme.expectSilence().until(START + 60 * SECOND).expectSilence();
  }

  @Test
  void shouldPublishWhatWaitedWithAnyOtherRecord() {
    acme.pays("p1", 10_00)
        .at(START + SECOND)
        .uses("u1", 1)
        .soFar()
        .verification(VerificationStatus.VERIFIED);
    assertThat(acme.published().asOf()).isEqualTo(START + SECOND);
    acme.expectAccess(ACTIVE, true, FUNDED).until(START + 60 * SECOND).expectSilence();
  }

  @Test
  void shouldNotPublishABalanceThatHasNotChanged() {
    acme.pays("p1", 10_00)
        .soFar()
        .at(START + 60 * SECOND)
        .wantsAlertsAt(1_00)
        .mayOverdraw(1)
        .opens("USD")
        .happens(usage("u1").completion(Completion.FAILED));
    assertThat(acme.entry().version()).isEqualTo(2);
    assertThat(acme.published().version()).as("the version is a field too").isEqualTo(2);
    acme.isSuspended()
        .expectAccess(SUSPENDED, false, FUNDED)
        .at(START + 120 * SECOND)
        .uses("u2", 1)
        .blocked();
    acme.expectSilence();
  }

  @Test
  void shouldPublishANewAccountsBalanceOfNothing() {
    acme.mayOverdraw(1);
    assertThat(acme.published())
        .isEqualTo(
            new AccountBalance("acme", 0, START, "USD", 0, 0, 0, 0, List.of(), Lifetime.NONE));
    acme.expectSilence();
  }

  @Test
  void shouldPublishAccessWhenItChanges() {
    acme.pays("p1", 10_00)
        .expectAccess(ACTIVE, false, FUNDED)
        .uses("u1", 4_99)
        .uses("u2", 1)
        .expectAccess(ACTIVE, false, LOW)
        .uses("u3", 1)
        .uses("u4", 4_99)
        .expectAccessRemoved()
        .isGranted("g1", 1)
        .expectAccess(ACTIVE, false, LOW)
        .verification(VerificationStatus.VERIFIED)
        .expectAccess(ACTIVE, true, LOW)
        .uses("u5", 1)
        .expectAccess(ACTIVE, true, EXHAUSTED)
        .verification(VerificationStatus.REVOKED)
        .expectAccessRemoved();
  }

  @Test
  void shouldSayWhichEntryAccessGoesWith() {
    acme.pays("p1", 10_00).soFar().at(START + 5).isSuspended();
    assertThat(acme.access())
        .isEqualTo(new AccountAccess("acme", 1, START + 5, SUSPENDED, false, FUNDED, false));
  }

  @Test
  void shouldNeverPublishTheDefaultOtherwise() {
    acme.mayOverdraw(5_00).published();
    acme.uses("u1", 1).entry();
    acme.verification(VerificationStatus.PENDING).published();
    acme.expectSilence();
  }

  @Test
  void shouldCallAnAccountLowByTheHighestLevel() {
    acme.wantsAlertsAt(2_00, 7_00)
        .pays("p1", 7_00)
        .expectAccess(ACTIVE, false, LOW)
        .pays("p2", 1)
        .expectAccess(ACTIVE, false, FUNDED)
        .wantsAlertsAt(8_00)
        .expectAccess(ACTIVE, false, LOW)
        .wantsAlertsAt()
        .expectAccess(ACTIVE, false, FUNDED);
  }

  @Test
  void shouldStartTheIntervalWithWhatADeadlinePublished() {
    acme.happens(grant("g1", 100 * CENT).effectiveAt(START + 5 * SECOND))
        .soFar()
        .until(START + 5 * SECOND)
        .soFar()
        .at(START + 12 * SECOND)
        .uses("u1", 1);
    acme.entry();
    acme.expectSilence().until(START + 15 * SECOND);
    assertThat(acme.published().asOf()).isEqualTo(START + 15 * SECOND);
  }
}
