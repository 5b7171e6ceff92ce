package io.tollgate.domain.account;

import static io.tollgate.domain.account.AccountScenario.CENT;
import static io.tollgate.domain.account.AccountScenario.time;
import static io.tollgate.domain.effect.Effect.AlertType.SPEND_LIMIT_NEAR;
import static io.tollgate.domain.effect.Effect.AlertType.SPEND_LIMIT_REACHED;
import static io.tollgate.domain.event.AccountEvent.SpendLimitEnforcement.ALERT;
import static io.tollgate.domain.event.AccountEvent.SpendLimitEnforcement.BLOCK;
import static io.tollgate.domain.event.AccountEvent.SpendLimitScope.ACCOUNT;
import static io.tollgate.domain.event.AccountEvent.SpendLimitScope.API_KEY;
import static io.tollgate.domain.event.AccountEvent.SpendLimitScope.PROJECT;
import static io.tollgate.domain.event.UsageBuilder.usage;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.Limits;
import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.UtcCalendar;
import io.tollgate.domain.effect.Effect.AccountAccess;
import io.tollgate.domain.effect.Effect.BalanceAlert;
import io.tollgate.domain.effect.Effect.BlockReason;
import io.tollgate.domain.event.AccountEvent.Completion;
import io.tollgate.domain.event.AccountEvent.SpendLimitConfigured;
import io.tollgate.domain.event.AccountEvent.SpendLimitScope;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the account, a project or an API key may spend in a month. */
class SpendLimitTest {

  private static final long START = time("2026-03-10T00:00:00Z");
  private static final int MARCH = UtcCalendar.monthOf(START);

  private final AccountScenario acme =
      new AccountScenario().at(START).wantsAlertsAt().pays("p", 100_000).soFar();

  private SpendLimits limits() {
    return acme.account().spendLimits;
  }

  private SpendLimits.Limit accountLimit() {
    return requireNonNull(limits().limits.get("ACCOUNT:"));
  }

  @Test
  void shouldTellOf80And100PercentOnce() {
    acme.limits(ACCOUNT, null, 1000L)
        .uses("u1", 799)
        .soFar()
        .happens(usage("u2").input(CENT - 1))
        .entry();
    acme.expectNothingMore().happens(usage("u3").input(1));
    BalanceAlert near = acme.alert();
    assertThat(near.alertId()).isEqualTo("acme:SPEND_LIMIT_NEAR:ACCOUNT::2026-03");
    assertThat(near.causeId()).isEqualTo("u3");
    assertThat(near.levelNanos()).isNull();
    assertThat(near.projectedExhaustionAt()).isNull();
    acme.soFar().happens(usage("u4").input(200 * CENT - 1)).entry();
    acme.expectNothingMore()
        .happens(usage("u5").input(1))
        .expectAlert(SPEND_LIMIT_REACHED, "ACCOUNT::2026-03")
        .soFar()
        .uses("u6", 500)
        .entry();
    acme.expectNothingMore();
  }

  @Test
  void shouldSayWhoSpentAndWhatFollows() {
    acme.limits(ACCOUNT, null, 1000L)
        .limits(PROJECT, "web", 1000L, BLOCK)
        .soFar()
        .happens(usage("u").input(1000 * CENT).project("web"));
    assertThat(List.of(acme.alert().detail(), acme.alert().detail()))
        .containsExactly(
            "10.00 USD of the 10.00 USD that the account may spend in 2026-03 are spent.",
            "10.00 USD of the 10.00 USD that project web may spend in 2026-03 are spent.");
    assertThat(List.of(acme.alert().detail(), acme.alert().detail()))
        .containsExactly(
            "10.00 USD of the 10.00 USD that the account may spend in 2026-03 are spent.",
            "10.00 USD of the 10.00 USD that project web may spend in 2026-03 are spent."
                + " Authorizations are denied until the limit is raised, or the month is over.");
    assertThat(SpendLimits.spender("API_KEY:key-1")).isEqualTo("API key key-1");
  }

  @Test
  void shouldTellBothOfOneCallThatCrossesBoth() {
    acme.limits(PROJECT, "p1", 100L)
        .soFar()
        .happens(usage("u").input(100 * CENT).project("p1"))
        .expectAlert(SPEND_LIMIT_NEAR, "PROJECT:p1:2026-03")
        .expectAlert(SPEND_LIMIT_REACHED, "PROJECT:p1:2026-03");
  }

  @Test
  void shouldRoundEightyPercentUp() {
    acme.happens(new SpendLimitConfigured("acme", ACCOUNT, null, 11L, ALERT, START)).soFar();
    acme.happens(usage("u1").input(8)).entry();
    acme.expectNothingMore()
        .happens(usage("u2").input(1))
        .expectAlert(SPEND_LIMIT_NEAR, "ACCOUNT::2026-03");
  }

  @Test
  void shouldCountByScope() {
    acme.limits(PROJECT, "p1", 100L).limits(PROJECT, "p2", 100L).limits(API_KEY, "p1", 100L);
    acme.uses("nobody", 500)
        .happens(usage("u1").input(90 * CENT).project("p1"))
        .happens(usage("u2").input(70 * CENT).project("p2").apiKey("k2"))
        .expectAlert(SPEND_LIMIT_NEAR, "PROJECT:p1:2026-03")
        .soFar()
        .happens(usage("u3").input(100 * CENT).apiKey("p1"))
        .expectAlert(SPEND_LIMIT_NEAR, "API_KEY:p1:2026-03")
        .expectAlert(SPEND_LIMIT_REACHED, "API_KEY:p1:2026-03")
        .entry();
    acme.expectNothingMore();
  }

  @Test
  void shouldIgnoreTheIdOfAnAccountsLimit() {
    acme.limits(ACCOUNT, "x", 100L, BLOCK)
        .limits(ACCOUNT, "y", 1000L, BLOCK)
        .soFar()
        .uses("u", 800)
        .expectAlert(SPEND_LIMIT_NEAR, "ACCOUNT::2026-03");
    assertThat(limits().limits).hasSize(1);
  }

  @Test
  void shouldCountFromWhenTheLimitWasFirstSet() {
    acme.uses("before", 500)
        .limits(ACCOUNT, null, 1000L)
        .uses("u1", 500)
        .limits(ACCOUNT, null, null)
        .uses("u2", 299)
        .soFar()
        .limits(ACCOUNT, null, 1000L);
    acme.expectNothingMore().uses("u3", 1).expectAlert(SPEND_LIMIT_NEAR, "ACCOUNT::2026-03");
  }

  @Test
  void shouldJudgeAtOnceALimitThatIsSetBelowWhatWasSpent() {
    acme.limits(PROJECT, "p1", 1000L)
        .happens(usage("u").input(500 * CENT).project("p1"))
        .soFar()
        .limits(PROJECT, "p1", 500L)
        .expectAlert(SPEND_LIMIT_NEAR, "PROJECT:p1:2026-03");
    BalanceAlert reached = acme.alert();
    assertThat(reached.alertId()).isEqualTo("acme:SPEND_LIMIT_REACHED:PROJECT:p1:2026-03");
    assertThat(reached.causeId()).isEqualTo("acme");
    acme.limits(PROJECT, "p1", 400L).expectNothingMore();
  }

  @Test
  void shouldCountUsageInTheMonthInWhichItHappened() {
    acme.at("2026-04-02T00:00:00Z")
        .limits(ACCOUNT, null, 100L, BLOCK)
        .soFar()
        .happens(usage("late").input(100 * CENT).occurredAt(time("2026-03-31T23:59:59.999Z")))
        .expectAlert(SPEND_LIMIT_NEAR, "ACCOUNT::2026-03")
        .expectAlert(SPEND_LIMIT_REACHED, "ACCOUNT::2026-03");
    assertThat(limits().blocks(MARCH, null, null)).isTrue();
    assertThat(limits().blocks(MARCH + 1, null, null)).isFalse();
    assertThat(acme.account().publication.access.spendLimitReached()).isFalse();
    acme.soFar().uses("now", 80).expectAlert(SPEND_LIMIT_NEAR, "ACCOUNT::2026-04");
  }

  @Test
  void shouldCloseTheAccountsAccessAtItsLimitUntilTheMonthStarts() {
    acme.limits(ACCOUNT, null, 100L, BLOCK).soFar().uses("u", 100);
    AccountAccess closed = acme.access();
    assertThat(closed.spendLimitReached()).isTrue();
    assertThat(closed.asOf()).isEqualTo(START);
    assertThat(acme.nextDeadline()).isLessThanOrEqualTo(START + 10_000);

    acme.until("2026-03-31T23:59:59.999Z").soFar().until("2026-04-05T00:00:00Z");
    AccountAccess open = acme.access();
    assertThat(open.spendLimitReached()).isFalse();
    assertThat(open.asOf()).isEqualTo(time("2026-04-01T00:00:00Z"));
    acme.expectSilence();
    acme.until("2026-06-05T00:00:00Z").expectSilence();
  }

  @Test
  void shouldOpenTheAccessWhenTheLimitIsRaisedOrRemoved() {
    acme.limits(ACCOUNT, null, 100L, BLOCK).uses("u", 100).soFar();

    acme.limits(ACCOUNT, null, 101L, BLOCK);
    assertThat(acme.access().spendLimitReached()).isFalse();
    acme.limits(ACCOUNT, null, 100L, BLOCK);
    assertThat(acme.access().spendLimitReached()).isTrue();
    acme.limits(ACCOUNT, null, null, BLOCK);
    assertThat(acme.access().spendLimitReached()).isFalse();
    acme.soFar().limits(ACCOUNT, null, 100L, ALERT).expectSilence();
  }

  @Test
  void shouldChargeReportedUsageRegardless() {
    acme.limits(ACCOUNT, null, 100L, BLOCK).uses("u1", 200).soFar();

    acme.uses("u2", 200);
    assertThat(acme.entry().amountNanos()).isEqualTo(-200 * CENT);
  }

  @Test
  void shouldAnswerWhetherACallIsBlocked() {
    acme.limits(PROJECT, "p1", 100L, BLOCK)
        .limits(PROJECT, "p2", 100L, ALERT)
        .limits(API_KEY, "k1", 100L, BLOCK)
        .happens(usage("u1").input(99 * CENT).project("p1"))
        .happens(usage("u2").input(100 * CENT).project("p2").apiKey("k1"));

    assertThat(limits().blocks(MARCH, "p1", null)).isFalse();
    assertThat(limits().blocks(MARCH, "p2", null)).isFalse();
    assertThat(limits().blocks(MARCH, "p2", "k1")).isTrue();
    assertThat(limits().blocks(MARCH - 1, "p2", "k1")).isFalse();
    assertThat(limits().blocks(MARCH, null, null)).isFalse();
    acme.happens(usage("u3").input(CENT).project("p1"));
    assertThat(limits().blocks(MARCH, "p1", null)).isTrue();
    assertThat(acme.account().publication.access.spendLimitReached()).isFalse();
  }

  @Test
  void shouldReachALimitOfNothingAtOnceAndEveryMonth() {
    acme.limits(ACCOUNT, null, 0L, BLOCK)
        .expectAlert(SPEND_LIMIT_NEAR, "ACCOUNT::2026-03")
        .expectAlert(SPEND_LIMIT_REACHED, "ACCOUNT::2026-03");
    assertThat(acme.access().spendLimitReached()).isTrue();

    acme.soFar().until("2026-05-01T00:00:00Z").expectSilence();
    assertThat(limits().blocksAccountAt(time("2026-05-01T00:00:00Z"))).isTrue();
  }

  @Test
  void shouldCountOnlyWhatIsCharged() {
    acme.mayOverdraw(0).limits(ACCOUNT, null, 200_000L);
    acme.happens(usage("failed").input(180_000 * CENT).completion(Completion.FAILED))
        .uses("most", 99_000)
        .uses("written off", 90_000)
        .uses("blocked", 90_000)
        .expectBlocked("blocked", BlockReason.INSUFFICIENT_CREDIT)
        .soFar();

    assertThat(requireNonNull(accountLimit().months().get(MARCH)).spent())
        .isEqualTo(100_000 * CENT);
  }

  @Test
  void shouldLetTheLatestWordHoldForEachScope() {
    acme.limits(PROJECT, "p1", 100L)
        .happens(new SpendLimitConfigured("acme", PROJECT, "p1", 1L, ALERT, START - 1))
        .happens(new SpendLimitConfigured("acme", PROJECT, "p2", CENT, ALERT, START - 1))
        .soFar()
        .happens(usage("u").input(CENT).project("p1"))
        .entry();
    acme.expectNothingMore()
        .happens(new SpendLimitConfigured("acme", PROJECT, "p1", CENT, ALERT, START))
        .expectAlert(SPEND_LIMIT_NEAR, "PROJECT:p1:2026-03");
  }

  @Test
  void shouldForgetMonthsThatNoUsageCanComeForAnyMore() {
    acme.limits(ACCOUNT, null, 1000L);
    for (String month : List.of("2026-03", "2026-04", "2026-05", "2026-06", "2026-07")) {
      acme.at(month + "-20T00:00:00Z").uses("in " + month, 1);
    }

    assertThat(accountLimit().months().keySet()).containsExactly(MARCH + 3, MARCH + 4);
  }

  @ParameterizedTest
  @EnumSource(
      value = SpendLimitScope.class,
      names = {"PROJECT", "API_KEY"})
  void shouldRefuseALimitOfNobody(SpendLimitScope scope) {
    acme.limits(scope, null, 1L).expectRejected(RejectionReason.MALFORMED);
    acme.limits(scope, "", 1L).expectRejected(RejectionReason.MALFORMED);
    acme.limits(scope, "x", -1L).expectRejected(RejectionReason.MALFORMED);
    acme.limits(scope, "x".repeat(257), 1L).expectRejected(RejectionReason.LIMIT_EXCEEDED);
  }

  @Test
  void shouldRefuseMoreLimitsThanAreRemembered() {
    for (int i = 0; i < Limits.SPEND_LIMITS; i++) {
      acme.limits(PROJECT, "p" + i, 1L);
    }
    acme.limits(PROJECT, "one more", 1L).expectRejected(RejectionReason.LIMIT_EXCEEDED);

    acme.soFar().limits(PROJECT, "p7", 2L).expectNothingMore();
  }
}
