package io.tollgate.domain.account;

import static io.tollgate.domain.account.AccountScenario.CENT;
import static io.tollgate.domain.account.AccountScenario.time;
import static io.tollgate.domain.event.AuthorizationBuilder.authorization;
import static io.tollgate.domain.event.UsageBuilder.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.effect.Effect.BlockReason;
import io.tollgate.domain.effect.Effect.EntryFlag;
import io.tollgate.domain.effect.Effect.EntryType;
import io.tollgate.domain.effect.Effect.LedgerEntry;
import io.tollgate.domain.event.AccountEvent.AuthorizationReleased;
import io.tollgate.domain.event.AccountEvent.Completion;
import io.tollgate.domain.event.UsageBuilder;
import io.tollgate.domain.rating.AccessPolicy;
import io.tollgate.domain.rating.AccessPolicy.Requirement;
import io.tollgate.domain.rating.ModelPrices;
import io.tollgate.domain.rating.PriceRow;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a hold: settled by usage, released by its gateway, ended by time. */
class SettlementTest {

  private static final long START = time("2026-03-01T00:00:00Z");
  private static final long SECOND = 1_000L;
  private static final long HOUR = 3_600_000L;
  private static final long DAY = 24 * HOUR;

  private final AccountScenario acme = new AccountScenario().at(START);

  @BeforeEach
  void fund() {
    acme.pays("p1", 10_00).soFar();
  }

  private void expectUsage(long cents, long balanceCents, EntryFlag... flags) {
    LedgerEntry entry = acme.entry();
    assertThat(entry.type()).isEqualTo(EntryType.USAGE);
    assertThat(entry.amountNanos()).isEqualTo(-cents * CENT);
    assertThat(entry.balanceAfterNanos()).isEqualTo(balanceCents * CENT);
    assertThat(entry.flags()).containsExactly(flags);
  }

  @Test
  void shouldEndARequestsHoldWithItsFirstUsage() {
    acme.asks("a1", 4_00).uses("u1", 3_00, "a1");
    expectUsage(3_00, 7_00);
    acme.expectHeld(0).expectAvailable(7_00).uses("u2", 1_00, "a1");
    expectUsage(1_00, 6_00, EntryFlag.LATE_SETTLEMENT);
  }

  @Test
  void shouldWriteTheAuthorizationIntoTheEntry() {
    acme.asks("a1", 4_00).uses("u1", 3_00, "a1");
    assertThat(acme.entry().authorizationId()).isEqualTo("a1");
  }

  @Test
  void shouldDebitWhatGoesBeyondTheHold() {
    acme.asks("a1", 4_00).uses("u1", 4_01, "a1");
    expectUsage(4_01, 5_99, EntryFlag.OVERRUN);
    acme.expectHeld(0);
  }

  @Test
  void shouldEndARequestsHoldByUsageThatIsNotCharged() {
    acme.asks("a1", 4_00)
        .happens(usage("u1").input(CENT).authorization("a1").completion(Completion.FAILED));
    expectUsage(0, 10_00, EntryFlag.NOT_CHARGED);
    acme.expectHeld(0)
        .happens(usage("u2").input(CENT).authorization("a1").completion(Completion.FAILED));
    expectUsage(0, 10_00, EntryFlag.NOT_CHARGED, EntryFlag.LATE_SETTLEMENT);
  }

  @Test
  void shouldNotEndAHoldByRejectedUsage() {
    acme.asks("a1", 4_00)
        .happens(usage("u1").model("unknown").input(CENT).authorization("a1"))
        .expectRejected(RejectionReason.UNPRICED)
        .happens(usage("u2").input(CENT).authorization("a1").occurredAt(START + 2 * HOUR))
        .expectRejected(RejectionReason.IN_THE_FUTURE)
        .happens(
            usage("u3").input(Long.MAX_VALUE).tokens(Long.MAX_VALUE, 1, 0, 0).authorization("a1"))
        .expectRejected(RejectionReason.OVERFLOW)
        .expectHeld(4_00)
        .uses("u4", 1_00, "a1");
    expectUsage(1_00, 9_00);
  }

  @Test
  void shouldNotSettleTwiceByADuplicate() {
    acme.asksForLease("l1", 5_00)
        .uses("u1", 1_00, "l1")
        .uses("u1", 1_00, "l1")
        .expectDuplicate()
        .expectHeld(4_00);
  }

  @Test
  void shouldShrinkALeaseByEachUsageAndLetItLiveOn() {
    acme.asksForLease("l1", 5_00).uses("u1", 2_00, "l1");
    expectUsage(2_00, 8_00);
    acme.expectHeld(3_00).uses("u2", 3_00, "l1");
    expectUsage(3_00, 5_00);
    acme.expectHeld(0).uses("u3", 1_00, "l1");
    expectUsage(1_00, 4_00, EntryFlag.OVERRUN);
    acme.expectHeld(0).until(START + 599_999).uses("u4", 1_00, "l1");
    expectUsage(1_00, 3_00, EntryFlag.OVERRUN);
    acme.until(START + 600_000).uses("u5", 1_00, "l1");
    expectUsage(1_00, 2_00, EntryFlag.LATE_SETTLEMENT);
  }

  @Test
  void shouldGiveALeaseWhatThereIs() {
    acme.asks("a1", 8_00).soFar().happens(authorization("l1").lease().input(500 * CENT));
    assertThat(acme.decided())
        .satisfies(
            decided -> {
              assertThat(decided.heldNanos()).isEqualTo(200 * CENT);
              assertThat(decided.finalGrant()).isTrue();
              assertThat(decided.availableNanos()).isZero();
            });
    acme.asksForLease("l2", 1).expectDenied("l2", BlockReason.INSUFFICIENT_CREDIT);
  }

  @Test
  void shouldCountAnUnknownOrDeniedIdAsNone() {
    acme.asks("denied", 11_00)
        .expectDenied("denied", BlockReason.INSUFFICIENT_CREDIT)
        .uses("u1", 1_00, "denied");
    expectUsage(1_00, 9_00);
    acme.uses("u2", 1_00, "nobody");
    expectUsage(1_00, 8_00);
    acme.isSuspended()
        .uses("u3", 1_00, "denied")
        .expectBlocked("u3", BlockReason.ACCOUNT_SUSPENDED)
        .uses("u4", 1_00, "nobody")
        .expectBlocked("u4", BlockReason.ACCOUNT_SUSPENDED);
  }

  @Test
  void shouldPassSuspensionWithAnAllowedAuthorization() {
    acme.asks("a1", 4_00).isSuspended().soFar().uses("u1", 3_00, "a1");
    expectUsage(3_00, 7_00);
    acme.uses("u2", 1_00, "a1");
    expectUsage(1_00, 6_00, EntryFlag.LATE_SETTLEMENT);
    acme.asks("a2", 1).expectDenied("a2", BlockReason.ACCOUNT_SUSPENDED);
  }

  @Test
  void shouldPassTheGateOnlyForWhatItNamed() {
    acme.reference.put(
        new ModelPrices(
            "big", List.of("alias"), List.of(new PriceRow("input", "standard", 0, 1_000_000, 0))));
    acme.happens(authorization("l1").lease().model("alias").capabilities("vision").amount(CENT))
        .happens(authorization("l2").lease().model(null).amount(CENT));
    Requirement whole = new Requirement("*", "pol-1", 0, 0, null);
    Requirement vision = new Requirement("vision", "pol-2", 0, 0, null);
    Requirement tools = new Requirement("tools", "pol-3", 0, 0, null);
    acme.reference.put(new AccessPolicy("big", List.of(whole, vision, tools)));
    acme.reference.put(new AccessPolicy("metered", List.of(whole)));
    acme.soFar();

    acme.happens(onBig("u1", "l1")).happens(onBig("u2", "l1").capabilities("vision"));
    expectUsage(0, 10_00);
    expectUsage(0, 10_00);
    acme.happens(onBig("u3", "l1").capabilities("vision", "tools"));
    assertThat(acme.blocked().policyId()).isEqualTo("pol-3");
    acme.happens(usage("u4").authorization("l1"))
        .expectBlocked("u4", BlockReason.VERIFICATION_REQUIRED)
        .happens(onBig("u5", "l2"))
        .expectBlocked("u5", BlockReason.VERIFICATION_REQUIRED);
  }

  private static UsageBuilder onBig(String eventId, String authorizationId) {
    return usage(eventId).model("big").authorization(authorizationId);
  }

  @Test
  void shouldResolveTheNameOfThePermitWhenUsageComes() {
    PriceRow row = new PriceRow("input", "standard", 0, 1_000_000, 0);
    Requirement whole = new Requirement("*", "pol-1", 0, 0, null);
    acme.reference.put(new ModelPrices("one", List.of("latest"), List.of(row)));
    acme.happens(authorization("l1").lease().model("latest").amount(CENT)).soFar();
    acme.reference.put(new ModelPrices("one", List.of(), List.of(row)));
    acme.reference.put(new ModelPrices("two", List.of("latest"), List.of(row)));
    acme.reference.put(new AccessPolicy("one", List.of(whole)));
    acme.reference.put(new AccessPolicy("two", List.of(whole)));

    acme.happens(usage("u1").model("two").authorization("l1"));
    expectUsage(0, 10_00);
    acme.happens(usage("u2").model("one").authorization("l1"))
        .expectBlocked("u2", BlockReason.VERIFICATION_REQUIRED);
  }

  @Test
  void shouldBlockUsageThatNothingCanPayWhateverItsHold() {
    acme.mayOverdraw(0).asks("a1", 4_00).uses("u1", 10_00).soFar();
    acme.expectAvailable(-4_00)
        .uses("u2", 1_00, "a1")
        .expectBlocked("u2", BlockReason.INSUFFICIENT_CREDIT)
        .expectHeld(0);
  }

  @Test
  void shouldEndAHoldByTimeAlone() {
    acme.asks("a1", 4_00).soFar().until(START + 599_999).expectHeld(4_00).until(START + 600_000);
    assertThat(acme.published())
        .satisfies(
            balance -> {
              assertThat(balance.asOf()).isEqualTo(START + 600_000);
              assertThat(balance.availableNanos()).isEqualTo(1000 * CENT);
            });
    acme.uses("u1", 4_00, "a1");
    expectUsage(4_00, 6_00, EntryFlag.LATE_SETTLEMENT);
  }

  @Test
  void shouldEndAHoldBeforeTheRecordOfThatInstant() {
    acme.asks("a1", 4_00).at(START + 600_000).uses("u1", 4_00, "a1");
    expectUsage(4_00, 6_00, EntryFlag.LATE_SETTLEMENT);
  }

  @Test
  void shouldForgetAPermitADayAfterTheHoldEnded() {
    acme.asks("a1", 4_00).soFar().at(START + 600_000 + DAY).isSuspended().uses("u1", 1_00, "a1");
    expectUsage(1_00, 9_00, EntryFlag.LATE_SETTLEMENT);
    acme.at(START + 600_001 + DAY)
        .uses("u2", 1_00, "a1")
        .expectBlocked("u2", BlockReason.ACCOUNT_SUSPENDED);
  }

  @Test
  void shouldEndAHoldAtOnceByAReleaseThatLeavesNothingBehind() {
    acme.asks("a1", 4_00).asksForLease("l1", 3_00).soFar();
    acme.releases("a1").expectHeld(3_00).releases("l1", 0L).expectHeld(0).expectNothingMore();
    acme.uses("u1", 1_00, "l1");
    expectUsage(1_00, 9_00, EntryFlag.LATE_SETTLEMENT);
  }

  @Test
  void shouldKeepAReleasedHoldUntilTheUsageLeftBehindHasSettled() {
    acme.asksForLease("l1", 6_00)
        .uses("u1", 1_00, "l1")
        .soFar()
        .releases("l1", 3L)
        .expectHeld(5_00)
        .uses("u2", 1_00, "l1");
    expectUsage(1_00, 8_00);
    acme.expectHeld(4_00)
        .happens(usage("u3").model("unknown").authorization("l1"))
        .expectRejected(RejectionReason.UNPRICED)
        .expectHeld(4_00)
        .happens(usage("u4").authorization("l1").completion(Completion.FAILED));
    expectUsage(0, 8_00, EntryFlag.NOT_CHARGED);
    acme.expectHeld(0).uses("u5", 1_00, "l1");
    expectUsage(1_00, 7_00, EntryFlag.LATE_SETTLEMENT);
  }

  @Test
  void shouldCountBlockedUsageAsSettled() {
    acme.asksForLease("l1", 6_00);
    acme.reference.put(
        new AccessPolicy("metered", List.of(new Requirement("vision", "pol", 0, 0, null))));
    acme.happens(usage("u1").capabilities("vision").authorization("l1"))
        .expectBlocked("u1", BlockReason.VERIFICATION_REQUIRED)
        .expectHeld(6_00)
        .releases("l1", 1L)
        .expectHeld(0);
  }

  @Test
  void shouldEndAReleasedHoldAfterThirtySecondsAtMost() {
    acme.asksForLease("l1", 6_00)
        .at(START + 10 * SECOND)
        .releases("l1", 3L)
        .soFar()
        .until(START + 40 * SECOND - 1)
        .expectHeld(6_00)
        .until(START + 40 * SECOND)
        .expectHeld(0);
  }

  @Test
  void shouldNotProlongAHoldByItsRelease() {
    acme.asksForLease("l1", 6_00)
        .at(START + 590 * SECOND)
        .releases("l1", 3L)
        .until(START + 600 * SECOND)
        .expectHeld(0);
  }

  @Test
  void shouldTakeTheSameReleaseOnce() {
    acme.asksForLease("l1", 6_00)
        .releases("l1", 2L)
        .at(START + 20 * SECOND)
        .releases("l1", 2L)
        .expectDuplicate()
        .releases("l1", 1L)
        .expectRejected(RejectionReason.CONFLICTING_DUPLICATE)
        .releases("l1")
        .expectRejected(RejectionReason.CONFLICTING_DUPLICATE)
        .until(START + 30 * SECOND)
        .expectHeld(0)
        .releases("l1", 2L)
        .expectDuplicate()
        .releases("l1")
        .expectRejected(RejectionReason.CONFLICTING_DUPLICATE);
  }

  @Test
  void shouldTakeAReleaseOfWhatHoldsNothingWithoutEffect() {
    acme.asks("denied", 11_00)
        .asks("a1", 1_00)
        .uses("u1", 1_00, "a1")
        .soFar()
        .releases("denied")
        .releases("a1", 1L)
        .releases("nobody", 7L)
        .expectNothingMore()
        .releases("denied")
        .expectDuplicate()
        .releases("a1")
        .expectRejected(RejectionReason.CONFLICTING_DUPLICATE)
        .releases("nobody", 7L)
        .expectDuplicate()
        .asks("denied", 11_00)
        .expectDuplicate();
  }

  @Test
  void shouldApplyAReleaseThatCameBeforeItsRequest() {
    acme.releases("a1")
        .releases("l1", 1L)
        .soFar()
        .at(START + SECOND)
        .asks("a1", 4_00)
        .expectAllowed("a1", 4_00)
        .expectHeld(0)
        .asksForLease("l1", 5_00)
        .expectAllowed("l1", 5_00)
        .expectHeld(5_00)
        .releases("l1", 1L)
        .expectDuplicate()
        .until(START + 31 * SECOND - 1)
        .expectHeld(5_00)
        .until(START + 31 * SECOND)
        .expectHeld(0)
        .asks("a1", 4_00)
        .expectDuplicate();
  }

  @Test
  void shouldForgetAReleaseThatCameADayBeforeItsRequest() {
    acme.releases("a1").releases("a2").soFar().at(START + DAY).asks("a1", 4_00).expectHeld(0);
    acme.at(START + DAY + 1).asks("a2", 4_00).expectHeld(4_00);
  }

  @Test
  void shouldRememberAReleaseFromItsOwnTimeAnHourAheadAtMost() {
    acme.happens(new AuthorizationReleased("a1", "acme", START + HOUR, null))
        .happens(new AuthorizationReleased("a2", "acme", START + 9 * DAY, null))
        .at(START + HOUR + DAY)
        .asks("a1", 1_00)
        .expectHeld(0)
        .at(START + HOUR + DAY + 1)
        .asks("a2", 1_00)
        .expectHeld(1_00);
  }

  @Test
  void shouldRememberTheReleaseOfARequestThatIsDeniedAfterIt() {
    acme.releases("a1", 3L)
        .asks("a1", 11_00)
        .expectDenied("a1", BlockReason.INSUFFICIENT_CREDIT)
        .releases("a1", 3L)
        .expectDuplicate();
  }
}
