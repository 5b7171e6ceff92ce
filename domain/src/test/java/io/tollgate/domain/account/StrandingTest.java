package io.tollgate.domain.account;

import static io.tollgate.domain.account.AccountScenario.CENT;
import static io.tollgate.domain.account.AccountScenario.time;
import static io.tollgate.domain.event.AccountEvent.RefundStatus.FAILED;
import static io.tollgate.domain.event.AccountEvent.RefundStatus.SUCCEEDED;
import static io.tollgate.domain.event.PaymentBuilder.payment;
import static io.tollgate.domain.event.UsageBuilder.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.Limits;
import io.tollgate.domain.effect.Effect.UsageBlocked;
import io.tollgate.domain.event.AccountEvent.VerificationStatus;
import io.tollgate.domain.event.UsageBuilder;
import io.tollgate.domain.rating.AccessPolicy;
import io.tollgate.domain.rating.AccessPolicy.Requirement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Purchased credit that a policy, announced later, keeps from being used. */
class StrandingTest {

  private static final long START = time("2026-03-01T00:00:00Z");
  private static final long DAY = 86_400_000L;

  private final AccountScenario acme = new AccountScenario().at(START);
  private int calls;

  private void requires(Requirement... requirements) {
    acme.reference.put(new AccessPolicy("metered", List.of(requirements)));
  }

  private static Requirement requirement(String capability, String policyId, long announcedAt) {
    return new Requirement(capability, policyId, announcedAt, START, null);
  }

  private UsageBuilder call() {
    return usage("call-" + ++calls).input(CENT);
  }

  @Test
  void shouldNoticeCreditThatWasBoughtBeforeThePolicyWasAnnounced() {
    requires(requirement("*", "pol", START + 1));
    acme.pays("p1", 10_00).at(START + DAY).soFar();

    acme.happens(call());

    UsageBlocked blocked = acme.blocked();
    assertThat(blocked.policyId()).isEqualTo("pol");
    acme.expectStranded("p1", "pol", 10_00).expectNothingMore();
  }

  @Test
  void shouldNotNoticeCreditThatWasBoughtKnowingThePolicy() {
    requires(requirement("*", "pol", START));
    acme.pays("p1", 10_00).isGranted("g1", 5_00).soFar();
    acme.happens(call()).blocked();
    acme.expectNothingMore();
  }

  @Test
  void shouldGoByTheOwnTimeOfThePurchase() {
    requires(requirement("*", "pol", START));
    acme.happens(payment("p1", 1000 * CENT).occurredAt(START - 1)).soFar();
    acme.happens(call()).expectStranded("p1", "pol", 10_00);
  }

  @Test
  void shouldNeverNoticeFreeCredit() {
    acme.isGranted("g1", 5_00).soFar();
    requires(requirement("*", "pol", START + DAY));
    acme.happens(call()).blocked();
    acme.expectNothingMore();
  }

  @Test
  void shouldNoticeEachLotAndPolicyOnce() {
    acme.pays("p1", 10_00).at(START + 1).pays("p2", 5_00).soFar();
    requires(requirement("*", "pol", START + DAY));

    acme.happens(call()).expectStranded("p1", "pol", 10_00).expectStranded("p2", "pol", 5_00);
    acme.soFar().happens(call()).blocked();
    acme.expectNothingMore();

    requires(requirement("*", "next", START + DAY));
    acme.happens(call()).expectStranded("p1", "next", 10_00).expectStranded("p2", "next", 5_00);
  }

  @Test
  void shouldLetEveryRequirementThatBlocksStrand() {
    acme.pays("p1", 10_00).soFar();
    requires(
        requirement("vision", "old", START),
        requirement("*", "new", START + DAY),
        requirement("vision", "newer", START + DAY),
        requirement("tools", "not asked for", START + DAY));

    acme.happens(call().capabilities("vision"));

    assertThat(acme.blocked().policyId()).isEqualTo("old");
    acme.expectStranded("p1", "new", 10_00)
        .expectStranded("p1", "newer", 10_00)
        .expectNothingMore();
  }

  @Test
  void shouldNotNoticeALotOfWhichNothingIsLeft() {
    acme.pays("p1", 10_00).uses("u1", 10_00).soFar();
    requires(requirement("*", "pol", START + DAY));
    acme.happens(call()).blocked();
    acme.expectNothingMore();
  }

  @Test
  void shouldClearEveryNoticeWhenTheAccountIsVerified() {
    acme.pays("p1", 10_00).at(START + 1).pays("p2", 5_00);
    requires(requirement("*", "pol", START + DAY));
    acme.happens(call()).refund("r1", "p1", 4_00, SUCCEEDED).refund("r2", "p2", 5_00, SUCCEEDED);

    acme.soFar()
        .verification(VerificationStatus.PENDING)
        .expectNothingMore()
        .verification(VerificationStatus.VERIFIED)
        .expectCleared("p1", "pol", 6_00)
        .expectCleared("p2", "pol", 0)
        .expectNothingMore()
        .verification(VerificationStatus.VERIFIED)
        .expectNothingMore();
  }

  @Test
  void shouldNoticeALotAndPolicyOnceForEver() {
    acme.pays("p1", 10_00);
    requires(requirement("*", "pol", START + DAY));
    acme.happens(call()).verification(VerificationStatus.VERIFIED);
    acme.verification(VerificationStatus.REVOKED).soFar();

    acme.happens(call()).blocked();
    acme.expectNothingMore();

    acme.refund("r1", "p1", 10_00, SUCCEEDED).refund("r1", "p1", 10_00, FAILED).soFar();
    acme.happens(call()).blocked();
    acme.expectNothingMore();
  }

  @Test
  void shouldNoticeNothingWhileSuspended() {
    acme.pays("p1", 10_00).isSuspended().soFar();
    requires(requirement("*", "pol", START + DAY));
    acme.happens(call()).blocked();
    acme.expectNothingMore();
  }

  @Test
  void shouldBoundWhatIsNoticed() {
    acme.pays("p1", 10_00).soFar();
    List<Requirement> requirements = new ArrayList<>();
    for (int i = 0; i <= Limits.STRANDINGS; i++) {
      requirements.add(requirement("*", "pol-" + i, START + DAY));
    }
    acme.reference.put(new AccessPolicy("metered", requirements));

    acme.happens(call());

    assertThat(acme.account().stranding.open).hasSize(Limits.STRANDINGS);
    acme.verification(VerificationStatus.VERIFIED).verification(VerificationStatus.REVOKED).soFar();
    acme.happens(call()).blocked();
    acme.expectNothingMore();
  }
}
