package io.tollgate.domain.account;

import static io.tollgate.domain.account.AccountScenario.CENT;
import static io.tollgate.domain.account.AccountScenario.time;
import static io.tollgate.domain.event.AuthorizationBuilder.authorization;
import static io.tollgate.domain.event.PaymentBuilder.payment;
import static io.tollgate.domain.event.UsageBuilder.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.Limits;
import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.effect.Effect.AccountBalance;
import io.tollgate.domain.effect.Effect.AuthorizationDecided;
import io.tollgate.domain.effect.Effect.AuthorizationOutcome;
import io.tollgate.domain.effect.Effect.BlockReason;
import io.tollgate.domain.effect.Effect.EntryType;
import io.tollgate.domain.effect.Effect.RechargeReason;
import io.tollgate.domain.effect.Effect.UsageBlocked;
import io.tollgate.domain.event.AccountEvent.AuthorizationReleased;
import io.tollgate.domain.event.AccountEvent.VerificationStatus;
import io.tollgate.domain.event.Quantities;
import io.tollgate.domain.rating.AccessPolicy;
import io.tollgate.domain.rating.AccessPolicy.Requirement;
import io.tollgate.domain.rating.ModelPrices;
import io.tollgate.domain.rating.PriceRow;
import io.tollgate.domain.rating.Reference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Requests for credit in advance: whether they are taken, and what is answered. */
class AuthorizationTest {

  private static final long START = time("2026-03-01T00:00:00Z");
  private static final long HOUR = 3_600_000L;
  private static final long DAY = 24 * HOUR;

  private final AccountScenario acme = new AccountScenario().at(START);

  @Test
  void shouldHoldTheEstimateForItsTime() {
    acme.pays("p1", 10_00).soFar().at(START + 5).asks("a1", 4_00);

    AuthorizationDecided decided = acme.decided();
    assertThat(decided)
        .isEqualTo(
            new AuthorizationDecided(
                "a1",
                "acme",
                AuthorizationOutcome.ALLOWED,
                null,
                null,
                400 * CENT,
                START + 5 + 600_000,
                false,
                600 * CENT,
                START + 5));
    AccountBalance balance = acme.published();
    assertThat(balance.heldNanos()).isEqualTo(400 * CENT);
    assertThat(balance.availableNanos()).isEqualTo(600 * CENT);
    assertThat(balance.postedNanos()).isEqualTo(1000 * CENT);
    assertThat(acme.nextDeadline()).isEqualTo(START + 5 + 600_000);
    acme.expectNothingMore();
  }

  @Test
  void shouldTellADenialAsACallThatWasNotServed() {
    acme.pays("p1", 3_00)
        .soFar()
        .at(START + 7)
        .happens(
            authorization("a1").input(400 * CENT).capabilities("vision").requestedAt(START + 2));

    AuthorizationDecided decided = acme.decided();
    assertThat(decided.outcome()).isEqualTo(AuthorizationOutcome.DENIED);
    assertThat(decided.availableNanos()).isEqualTo(300 * CENT);
    assertThat(decided.decidedAt()).isEqualTo(START + 7);
    UsageBlocked blocked = acme.blocked();
    assertThat(blocked)
        .isEqualTo(
            new UsageBlocked(
                "a1",
                "acme",
                "metered",
                List.of("vision"),
                BlockReason.INSUFFICIENT_CREDIT,
                String.valueOf(decided.remedy()),
                400 * CENT,
                false,
                null,
                START + 2));
    acme.expectHeld(0).expectSilence();
  }

  @Test
  void shouldSayWhetherRequestsInFlightHoldTheRest() {
    acme.pays("p1", 10_00).asks("a1", 8_00).soFar().asks("a2", 8_00);
    assertThat(acme.decided().remedy()).contains("in flight").contains("2.00 USD");
    acme.asks("a3", 12_00).blocked();
    assertThat(acme.decided().remedy()).contains("Buy credit");
  }

  @Test
  void shouldRoundTheEstimateUp() {
    acme.reference.put(
        new ModelPrices(
            "odd", List.of(), List.of(new PriceRow("input", "standard", 0, 1_000_001, 0))));
    acme.pays("p1", 1).happens(authorization("a1").model("odd").input(1));

    assertThat(acme.decided().heldNanos()).isEqualTo(2);
  }

  @Test
  void shouldHoldTheAmountInsteadOfTheEstimate() {
    acme.pays("p1", 10_00)
        .happens(authorization("a1").input(4 * CENT).amount(5 * CENT))
        .expectAllowed("a1", 5)
        .happens(authorization("a2").model(null).amount(6 * CENT))
        .expectAllowed("a2", 6)
        // Beyond all numbers, but nobody asks what it costs.
        .happens(
            authorization("a3")
                .quantities(new Quantities(0, 0, 0, Long.MAX_VALUE, Map.of()))
                .model(null)
                .amount(7 * CENT))
        .expectAllowed("a3", 7)
        .expectHeld(18);
  }

  @Test
  void shouldGoByRequestedAtForPriceAndGate() {
    acme.reference.put(
        new ModelPrices(
            "dearer",
            List.of(),
            List.of(
                new PriceRow("input", "standard", 0, 1_000_000, 0),
                new PriceRow("input", "standard", 0, 2_000_000, START))));
    acme.reference.put(
        new AccessPolicy("dearer", List.of(new Requirement("*", "pol", 0, START + 10, null))));

    acme.at(START + 20)
        .pays("p1", 10_00)
        .happens(authorization("a1").model("dearer").input(CENT).requestedAt(START - 1))
        .expectAllowed("a1", 1)
        .happens(authorization("a2").model("dearer").input(CENT).requestedAt(START + 9))
        .expectAllowed("a2", 2)
        .happens(authorization("a3").model("dearer").input(CENT).requestedAt(START + 10))
        .expectDenied("a3", BlockReason.VERIFICATION_REQUIRED)
        .verification(VerificationStatus.VERIFIED)
        .happens(authorization("a4").model("dearer").input(CENT).requestedAt(START + 10))
        .expectAllowed("a4", 2);
  }

  @Test
  void shouldNameTheFirstPolicyOfADenial() {
    acme.reference.put(
        new AccessPolicy(
            "metered",
            List.of(
                new Requirement("tools", "pol-1", 0, 0, null),
                new Requirement("vision", "pol-2", 0, 0, null),
                new Requirement("*", "pol-3", 0, 0, null))));
    acme.pays("p1", 1_00).soFar().happens(authorization("a1").capabilities("vision").input(CENT));

    assertThat(acme.blocked().policyId()).isEqualTo("pol-2");
    assertThat(acme.decided().remedy()).contains("vision").contains("Verify");
  }

  @Test
  void shouldTakeRequestsOfTheLastDayAndTheNextHourOnly() {
    acme.pays("p1", 10_00)
        .happens(authorization("a1").requestedAt(START - DAY))
        .expectAllowed("a1", 0)
        .happens(authorization("a2").requestedAt(START - DAY - 1))
        .expectRejected(RejectionReason.TOO_LATE)
        .happens(authorization("a3").requestedAt(START + HOUR))
        .expectAllowed("a3", 0)
        .happens(authorization("a4").requestedAt(START + HOUR + 1))
        .expectRejected(RejectionReason.IN_THE_FUTURE);
  }

  @Test
  void shouldKeepADecisionOnceGiven() {
    acme.pays("p1", 5_00)
        .asks("a1", 4_00)
        .asks("a2", 4_00)
        .soFar()
        .pays("p2", 10_00)
        .soFar()
        .at(START + 1)
        .asks("a1", 4_00)
        .expectDuplicate()
        .asks("a2", 4_00)
        .expectDuplicate()
        .asks("a1", 4_01)
        .expectRejected(RejectionReason.CONFLICTING_DUPLICATE)
        .asks("a2", 3_99)
        .expectRejected(RejectionReason.CONFLICTING_DUPLICATE)
        .uses("u1", 4_00, "a1")
        .expectEntry(EntryType.USAGE, -4_00, 11_00)
        .asks("a1", 4_00)
        .expectDuplicate()
        .expectHeld(0);
  }

  @Test
  void shouldRememberUntilADayAfterTheHoldEnded() {
    long end = START + 3 * DAY;
    acme.pays("p1", 10_00)
        .happens(authorization("a1").input(CENT).ttl(3 * DAY))
        .soFar()
        .at(end + DAY)
        .happens(authorization("a1").input(CENT).ttl(3 * DAY))
        .expectDuplicate()
        .at(end + DAY + 1)
        .happens(authorization("a1").input(2 * CENT))
        .expectAllowed("a1", 2);
  }

  @Test
  void shouldCountMemoryFromTheRequestsOwnTimeIfThatIsLater() {
    acme.pays("p1", 10_00)
        .happens(authorization("a1").input(CENT).ttl(1).requestedAt(START + HOUR))
        .happens(authorization("a2").input(2000 * CENT).requestedAt(START + HOUR))
        .soFar()
        .at(START + HOUR + DAY)
        .happens(authorization("a1").input(CENT).ttl(1))
        .expectDuplicate()
        .happens(authorization("a2").input(2000 * CENT))
        .expectDuplicate()
        .at(START + HOUR + DAY + 1)
        .happens(authorization("a1").input(CENT).ttl(1))
        .expectAllowed("a1", 1)
        .happens(authorization("a2").input(2000 * CENT))
        .expectDenied("a2", BlockReason.INSUFFICIENT_CREDIT);
  }

  @Test
  void shouldClaimNoIdentityForARejectedRequest() {
    acme.pays("p1", 10_00)
        .happens(authorization("a1").input(CENT).requestedAt(START - 2 * DAY))
        .expectRejected(RejectionReason.TOO_LATE)
        .happens(authorization("a1").input(2 * CENT))
        .expectAllowed("a1", 2);
  }

  @Test
  void shouldRejectWhatDoesNotFit() {
    acme.pays("p1", 10_00)
        .soFar()
        .happens(authorization("a1").input(Long.MAX_VALUE).ttl(Long.MAX_VALUE))
        .expectRejected(RejectionReason.OVERFLOW)
        .happens(authorization("a2").input(1).ttl(Limits.MAX_TIME))
        .expectRejected(RejectionReason.OVERFLOW)
        .happens(authorization("a3").ttl(Limits.MAX_TIME - START))
        .expectAllowed("a3", 0)
        .happens(authorization("a4").quantities(new Quantities(Long.MAX_VALUE, 1, 0, 0, Map.of())))
        .expectRejected(RejectionReason.OVERFLOW)
        .expectNothingMore();
  }

  @Test
  void shouldRejectMoreThanTenThousandOpenHolds() {
    Rules rules = new Rules();
    for (int i = 0; i < Limits.OPEN_HOLDS; i++) {
      rules.ask("a" + i);
    }
    assertThat(rules.account.balance().heldNanos()).isEqualTo(Limits.OPEN_HOLDS);
    assertThat(rules.decide("one more"))
        .isInstanceOfSatisfying(
            Decision.Rejected.class,
            rejected ->
                assertThat(rejected.rejection().reason())
                    .isEqualTo(RejectionReason.LIMIT_EXCEEDED));
    rules.release("a17");
    rules.ask("one more");
  }

  @Test
  void shouldFireAutoRechargeByADenialForCreditWhileBelowTheTarget() {
    acme.pays("p1", 10_00)
        .recharges(1_00, 20_00)
        .soFar()
        .asks("a1", 10_01)
        .expectDenied("a1", BlockReason.INSUFFICIENT_CREDIT)
        .expectRecharge(1, 10_00, RechargeReason.DENIED_FOR_CREDIT)
        .asks("a2", 10_01)
        .expectDenied("a2", BlockReason.INSUFFICIENT_CREDIT)
        .expectNothingMore();
  }

  @Test
  void shouldNotFireAutoRechargeByOtherDenialsOrFromTheTargetOn() {
    acme.pays("p1", 10_00)
        .recharges(1_00, 10_00)
        .soFar()
        .asks("a1", 10_01)
        .expectDenied("a1", BlockReason.INSUFFICIENT_CREDIT)
        .expectNothingMore()
        .uses("u1", 1)
        .soFar()
        .happens(authorization("a2").model("unknown").input(2000 * CENT))
        .expectDenied("a2", BlockReason.UNPRICED_MODEL)
        .expectNothingMore()
        .happens(authorization("l1").lease().input(2000 * CENT))
        .expectAllowed("l1", 9_99)
        .expectNothingMore()
        .isSuspended()
        .soFar()
        .asks("a3", 1)
        .expectDenied("a3", BlockReason.ACCOUNT_SUSPENDED)
        .expectNothingMore();
  }

  @Test
  void shouldOpenAnAccountWithItsFirstRequest() {
    acme.asks("a1", 1).expectDenied("a1", BlockReason.INSUFFICIENT_CREDIT);
    assertThat(acme.published().availableNanos()).isZero();
    assertThat(acme.knowsTheAccount()).isTrue();
  }

  @Test
  void shouldPublishTheBalanceAtOnceForHoldsAndNotForDenials() {
    acme.pays("p1", 10_00).soFar().asks("a1", 4_00);
    acme.decided();
    assertThat(acme.published().heldNanos()).isEqualTo(400 * CENT);
    acme.asks("a2", 7_00).expectDenied("a2", BlockReason.INSUFFICIENT_CREDIT).expectSilence();
    acme.releases("a1");
    assertThat(acme.published().heldNanos()).isZero();
  }

  @Test
  void shouldPublishTheEndOfAHoldByBlockedUsageWithinTheInterval() {
    acme.reference.put(
        new AccessPolicy("metered", List.of(new Requirement("vision", "pol", 0, 0, null))));
    acme.pays("p1", 10_00)
        .asks("a1", 4_00)
        .soFar()
        .at(START + 1_000)
        .happens(usage("u1").capabilities("vision").input(CENT).authorization("a1"))
        .expectBlocked("u1", BlockReason.VERIFICATION_REQUIRED)
        .expectHeld(0)
        .expectSilence()
        .until(START + 9_999)
        .expectSilence()
        .until(START + 10_000);
    assertThat(acme.published().heldNanos()).isZero();
    acme.expectSilence();
  }

  @Test
  void shouldPublishNothingIfAHoldLikeTheOneThatEndedIsOpenedInTheInterval() {
    acme.reference.put(
        new AccessPolicy("metered", List.of(new Requirement("vision", "pol", 0, 0, null))));
    acme.pays("p1", 10_00)
        .asks("a1", 4_00)
        .at(START + 1_000)
        .happens(usage("u1").capabilities("vision").input(CENT).authorization("a1"))
        .soFar()
        .asks("a2", 4_00)
        .expectAllowed("a2", 4_00)
        .expectSilence();
    assertThat(acme.nextDeadline()).isEqualTo(START + 601_000);
  }

  /** An account without the checks of a scenario, which take as long as it has holds. */
  private static final class Rules {

    private final InMemoryMemory memory = new InMemoryMemory();
    private final AccountRules rules =
        new AccountRules(RuleSettings.defaults(DeclineCodes.TABLE), new Reference(), memory);
    private Account account = new Account("acme");
    private long offset;

    Rules() {
      apply(rules.decide(account, payment("p1", 100 * CENT).build(START), arrival()));
    }

    private Arrival arrival() {
      return new Arrival("any", 0, offset++, START, START);
    }

    private void apply(Decision decision) {
      Decision.Applied applied = (Decision.Applied) decision;
      applied.remembered().forEach(memory::add);
      account = applied.account();
    }

    Decision decide(String authorizationId) {
      return rules.decide(
          account, authorization(authorizationId).model(null).amount(1L).build(START), arrival());
    }

    void ask(String authorizationId) {
      apply(decide(authorizationId));
    }

    void release(String authorizationId) {
      apply(
          rules.decide(
              account, new AuthorizationReleased(authorizationId, "acme", START, null), arrival()));
    }
  }
}
