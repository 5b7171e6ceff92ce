package io.tollgate.domain.account;

import static io.tollgate.domain.account.AccountScenario.CENT;
import static io.tollgate.domain.account.AccountScenario.time;
import static io.tollgate.domain.event.UsageBuilder.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.effect.Effect.BlockReason;
import io.tollgate.domain.effect.Effect.Cause;
import io.tollgate.domain.effect.Effect.EntryFlag;
import io.tollgate.domain.effect.Effect.EntryType;
import io.tollgate.domain.effect.Effect.LedgerEntry;
import io.tollgate.domain.effect.Effect.LotMovement;
import io.tollgate.domain.effect.Effect.UsageBlocked;
import io.tollgate.domain.effect.Effect.UsageLine;
import io.tollgate.domain.event.AccountEvent.Completion;
import io.tollgate.domain.event.AccountEvent.VerificationStatus;
import io.tollgate.domain.event.UsageBuilder;
import io.tollgate.domain.rating.AccessPolicy;
import io.tollgate.domain.rating.AccessPolicy.Requirement;
import io.tollgate.domain.rating.ModelPrices;
import io.tollgate.domain.rating.PriceRow;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Usage is decided in this order: malformed, time window, duplicate, failed, unpriced, suspended,
 * gate, credit.
 */
class UsageOrderTest {

  private static final long START = time("2026-03-01T00:00:00Z");
  private static final long HOUR = 3_600_000L;
  private static final long DAY = 24 * HOUR;

  private final AccountScenario acme = new AccountScenario();

  @BeforeEach
  void publishAGatedModel() {
    acme.reference.put(
        new ModelPrices(
            "gated",
            List.of("nickname"),
            List.of(new PriceRow("input", "standard", 0, 1_000_000, 0))));
    acme.reference.put(
        new AccessPolicy(
            "gated",
            List.of(
                new Requirement("images", "policy-images", 0, START, START + DAY),
                new Requirement("*", "policy-all", 0, START + HOUR, null))));
    acme.at(START);
  }

  @Test
  void shouldTellAllOfAChargedCall() {
    acme.pays("p1", 10_00)
        .soFar()
        .at(START + 5000)
        .happens(
            usage("u1")
                .input(2 * CENT)
                .occurredAt(START + 1)
                .authorization("auth")
                .project("proj")
                .apiKey("key"));

    assertThat(acme.entry())
        .isEqualTo(
            new LedgerEntry(
                "acme:2",
                "acme",
                2,
                EntryType.USAGE,
                new Cause("usage-events", "u1", 0, 1),
                START + 1,
                START + 5000,
                -2 * CENT,
                1000 * CENT,
                998 * CENT,
                List.of(new LotMovement("p1", -2 * CENT)),
                0,
                0,
                List.of(new UsageLine("input", 2 * CENT, 1_000_000)),
                "auth",
                "proj",
                "key",
                List.of()));
    acme.expectNothingMore();
  }

  @Test
  void shouldCallItMalformedBeforeItLooksAtTheTime() {
    acme.happens(usage("u1").input(-1).occurredAt(0))
        .expectRejected(RejectionReason.MALFORMED)
        .expectSilence();
    assertThat(acme.knowsTheAccount()).as("a rejected record opens no account").isFalse();
  }

  @Test
  void shouldTakeUsageThirtyFiveDaysBackAndNotAMillisecondMore() {
    acme.pays("p1", 10_00)
        .soFar()
        .happens(usage("u1").input(CENT).occurredAt(START - 35 * DAY))
        .expectEntry(EntryType.USAGE, -1, 9_99)
        .expectNothingMore()
        .happens(usage("u2").input(CENT).occurredAt(START - 35 * DAY - 1))
        .expectRejected(RejectionReason.TOO_LATE)
        .expectSilence();
  }

  @Test
  void shouldTakeUsageOneHourAheadAndNotAMillisecondMore() {
    acme.pays("p1", 10_00)
        .soFar()
        .happens(usage("u1").input(CENT).occurredAt(START + HOUR))
        .expectEntry(EntryType.USAGE, -1, 9_99)
        .expectNothingMore()
        .happens(usage("u2").input(CENT).occurredAt(START + HOUR + 1))
        .expectRejected(RejectionReason.IN_THE_FUTURE)
        .expectSilence();
  }

  @Test
  void shouldLookAtTheTimeBeforeItLooksForDuplicates() {
    acme.pays("p1", 10_00)
        .uses("u1", 1)
        .soFar()
        .happens(usage("u1").input(2 * CENT).occurredAt(START - 36 * DAY))
        .expectRejected(RejectionReason.TOO_LATE);
  }

  @Test
  void shouldTakeTheSameUsageOnce() {
    acme.pays("p1", 10_00)
        .uses("u1", 1)
        .soFar()
        .at(START + HOUR)
        .uses("u1", 1) // re-stamped by a retry: its own time is no content
        .expectDuplicate()
        .expectNothingMore()
        .expectPosted(9_99);
  }

  @Test
  void shouldRejectOtherContentUnderAnIdThatWasTaken() {
    acme.pays("p1", 10_00)
        .uses("u1", 1)
        .soFar()
        .uses("u1", 2)
        .expectRejected(RejectionReason.CONFLICTING_DUPLICATE)
        .expectSilence()
        .expectPosted(9_99);
  }

  @Test
  void shouldLookForDuplicatesBeforeItLooksAtCompletionPriceAndRights() {
    acme.pays("p1", 10_00)
        .uses("u1", 1)
        .happens(usage("u2").completion(Completion.FAILED))
        .isSuspended()
        .soFar()
        .happens(usage("u1").input(CENT).completion(Completion.FAILED))
        .expectRejected(RejectionReason.CONFLICTING_DUPLICATE)
        .happens(usage("u1").model("unknown").input(CENT))
        .expectRejected(RejectionReason.CONFLICTING_DUPLICATE)
        .happens(usage("u2").completion(Completion.FAILED))
        .expectDuplicate()
        .expectSilence();
  }

  @Test
  void shouldRememberUsageForAsLongAsItCouldComeAgain() {
    acme.pays("p1", 10_00)
        .happens(usage("u1").input(CENT).occurredAt(START + HOUR))
        .soFar()
        .at(START + HOUR + 35 * DAY)
        .happens(usage("u1").input(CENT).occurredAt(START + HOUR))
        .expectDuplicate()
        .at(START + HOUR + 35 * DAY + 1)
        .happens(usage("u1").input(CENT).occurredAt(START + HOUR))
        .expectRejected(RejectionReason.TOO_LATE);
  }

  @Test
  void shouldNotChargeAFailedCallWhateverElseIsWrongWithIt() {
    acme.isSuspended()
        .soFar()
        .happens(usage("u1").model("unknown").input(CENT).completion(Completion.FAILED));
    LedgerEntry entry = acme.entry();
    assertThat(entry.type()).isEqualTo(EntryType.USAGE);
    assertThat(entry.amountNanos()).isZero();
    assertThat(entry.flags()).containsExactly(EntryFlag.NOT_CHARGED);
    assertThat(entry.lotMovements()).isEmpty();
    assertThat(entry.version()).isOne();
    acme.expectNothingMore();
  }

  @Test
  void shouldChargeAnAbortedCall() {
    acme.pays("p1", 10_00)
        .soFar()
        .happens(usage("u1").input(CENT).completion(Completion.ABORTED))
        .expectEntry(EntryType.USAGE, -1, 9_99);
  }

  @Test
  void shouldRejectUnpricedUsageEvenOfASuspendedAccountAndTakeItOncePriced() {
    acme.pays("p1", 10_00)
        .isSuspended()
        .soFar()
        .happens(usage("u1").model("unknown").input(CENT))
        .expectRejected(RejectionReason.UNPRICED)
        .happens(usage("u2").tier("batch").input(CENT))
        .expectRejected(RejectionReason.UNPRICED)
        .expectSilence()
        .isReinstated()
        .soFar();
    acme.reference.put(
        new ModelPrices(
            "unknown", List.of(), List.of(new PriceRow("input", "standard", 0, 1_000_000, 0))));
    acme.happens(usage("u1").model("unknown").input(CENT))
        .expectEntry(EntryType.USAGE, -1, 9_99)
        .expectNothingMore();
  }

  @Test
  void shouldRejectACostThatExceedsALongAndClaimNoIdentity() {
    acme.pays("p1", 10_00).soFar();
    acme.reference.put(
        new ModelPrices(
            "dear", List.of(), List.of(new PriceRow("input", "standard", 0, Long.MAX_VALUE, 0))));
    acme.happens(usage("u1").model("dear").input(1_000_001))
        .expectRejected(RejectionReason.OVERFLOW)
        .happens(usage("u1").model("dear").tokens(Long.MAX_VALUE, 1, 0, 0))
        .expectRejected(RejectionReason.OVERFLOW)
        .expectSilence()
        .uses("u1", 1)
        .expectEntry(EntryType.USAGE, -1, 9_99);
  }

  @Test
  void shouldBlockASuspendedAccountBeforeItLooksAtTheGate() {
    acme.pays("p1", 10_00)
        .isSuspended()
        .soFar()
        .at(START + HOUR)
        .happens(usage("u1").model("gated").input(3 * CENT));
    UsageBlocked blocked = acme.blocked();
    assertThat(blocked.reason()).isEqualTo(BlockReason.ACCOUNT_SUSPENDED);
    assertThat(blocked.remedy()).isNotBlank();
    assertThat(blocked.policyId()).isNull();
    assertThat(blocked.wouldHaveCostNanos()).isEqualTo(3 * CENT);
    assertThat(blocked.served()).isTrue();
    acme.expectNothingMore().expectPosted(10_00);
  }

  @Test
  void shouldBlockAtTheGateBeforeItLooksAtTheCredit() {
    acme.at(START + HOUR)
        .happens(
            usage("u1")
                .model("nickname")
                .capabilities("images", "text")
                .input(3 * CENT)
                .occurredAt(START + HOUR));
    UsageBlocked blocked = acme.blocked();
    assertThat(blocked.id()).isEqualTo("u1");
    assertThat(blocked.accountId()).isEqualTo("acme");
    assertThat(blocked.model()).isEqualTo("nickname");
    assertThat(blocked.capabilities()).containsExactly("images", "text");
    assertThat(blocked.reason()).isEqualTo(BlockReason.VERIFICATION_REQUIRED);
    assertThat(blocked.policyId()).as("the first blocking requirement").isEqualTo("policy-images");
    assertThat(blocked.remedy()).contains("images").contains("Verify");
    assertThat(blocked.wouldHaveCostNanos()).isEqualTo(3 * CENT);
    assertThat(blocked.served()).isTrue();
    assertThat(blocked.occurredAt()).isEqualTo(START + HOUR);
    acme.expectNothingMore();
  }

  @Test
  void shouldKeepTheGateByTheTimeOfTheUsage() {
    acme.pays("p1", 10_00).soFar().at(START + HOUR);
    acme.happens(gated("u1", START + HOUR - 1)).expectEntry(EntryType.USAGE, -1, 9_99);
    acme.happens(gated("u2", START + HOUR)).expectBlocked("u2", BlockReason.VERIFICATION_REQUIRED);
    acme.happens(gated("u3", START - 1).capabilities("images"))
        .expectEntry(EntryType.USAGE, -1, 9_98);
    acme.happens(gated("u4", START).capabilities("images"))
        .expectBlocked("u4", BlockReason.VERIFICATION_REQUIRED)
        .expectNothingMore();
  }

  @Test
  void shouldLetAVerifiedAccountThroughTheGate() {
    acme.pays("p1", 10_00)
        .at(START + HOUR)
        .verification(VerificationStatus.VERIFIED)
        .soFar()
        .happens(gated("u1", START + HOUR))
        .expectEntry(EntryType.USAGE, -1, 9_99)
        .expectNothingMore();
  }

  @Test
  void shouldKeepADecisionOnceGiven() {
    acme.pays("p1", 10_00)
        .at(START + HOUR)
        .happens(gated("u1", START + HOUR))
        .verification(VerificationStatus.VERIFIED)
        .soFar()
        .happens(gated("u1", START + HOUR))
        .expectDuplicate()
        .expectSilence();
  }

  @Test
  void shouldBlockForCreditLast() {
    acme.mayOverdraw(0)
        .soFar()
        .uses("u1", 1)
        .expectBlocked("u1", BlockReason.INSUFFICIENT_CREDIT)
        .expectNothingMore();
  }

  @Test
  void shouldGoByTheLatestTimeOfThePartitionWhenARecordsTimeGoesBack() {
    acme.at(START + DAY)
        .pays("p1", 10_00)
        .soFar()
        .at(START)
        .happens(usage("u1").input(CENT).occurredAt(START + DAY - 35 * DAY - 1))
        .expectRejected(RejectionReason.TOO_LATE)
        .happens(usage("u2").input(CENT).occurredAt(START + DAY - 35 * DAY));
    assertThat(acme.entry().recordedAt()).as("rule time never goes back").isEqualTo(START + DAY);
  }

  private static UsageBuilder gated(String eventId, long occurredAt) {
    return usage(eventId).model("gated").input(CENT).occurredAt(occurredAt);
  }
}
