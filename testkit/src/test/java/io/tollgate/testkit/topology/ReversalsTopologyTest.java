package io.tollgate.testkit.topology;

import static io.tollgate.testkit.Money.usd;

import io.tollgate.events.BlockReason;
import io.tollgate.events.DisputeStatus;
import io.tollgate.events.EntryType;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.RefundBasis;
import io.tollgate.events.RefundDecisionBasis;
import io.tollgate.events.RefundStatus;
import io.tollgate.events.RejectionReason;
import io.tollgate.events.VerificationStatus;
import io.tollgate.testkit.Policies;
import io.tollgate.testkit.Prices;
import io.tollgate.testkit.TestSetup;
import io.tollgate.testkit.TollgateExtension;
import io.tollgate.testkit.TollgateTestDriver;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Money that goes back, and credit that a policy strands. */
class ReversalsTopologyTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @RegisterExtension
  final TollgateExtension extension =
      TollgateExtension.of(TestSetup.tollgate().prices(Prices.sample()));

  @BeforeEach
  void start(TollgateTestDriver driver) {
    driver.at(START);
  }

  @Test
  void shouldTakeBackWhatARefundGivesAndGiveItAgainWhenItFails(TollgateTestDriver driver) {
    driver
        .payment("acme", usd("10"))
        .refund("acme", "payment-1", usd("4"), RefundStatus.PENDING)
        .expectBalance("acme", usd("10"))
        .refund("acme", "payment-1", usd("4"), RefundStatus.SUCCEEDED)
        .expectBalance("acme", usd("6"))
        .refund("acme", "payment-1", usd("4"), RefundStatus.FAILED)
        .expectBalance("acme", usd("10"))
        .expectLedgerEntry("acme", EntryType.PURCHASE, usd("10"))
        .expectLedgerEntry("acme", EntryType.REFUND, usd("-4"))
        .expectLedgerEntry("acme", EntryType.REFUND_REVERSAL, usd("4"))
        .expectNo(LedgerEntry.class);
  }

  @Test
  void shouldRejectARefundBeyondThePayment(TollgateTestDriver driver) {
    driver
        .payment("acme", usd("10"))
        .refund("acme", "payment-1", usd("10.01"), RefundStatus.SUCCEEDED)
        .expectRejected(RejectionReason.OVER_REVERSAL)
        .expectBalance("acme", usd("10"));
  }

  @Test
  void shouldFreezeWhatIsDisputedAndTakeItWhenTheDisputeIsLost(TollgateTestDriver driver) {
    driver
        .payment("acme", usd("10"))
        .dispute("acme", "payment-1", usd("10"), DisputeStatus.OPEN)
        .expectBalance("acme", usd("10"), balance -> balance.setAvailableNanos(0L))
        .dispute("acme", "payment-1", usd("10"), DisputeStatus.LOST)
        .expectBalance("acme", 0)
        .expectLedgerEntry("acme", EntryType.PURCHASE, usd("10"))
        .expectLedgerEntry("acme", EntryType.DISPUTE_LOST, usd("-10"));
  }

  @Test
  void shouldStrandAPurchaseThatAPolicyMakesUnusableUntilTheAccountIsVerified(
      TollgateTestDriver driver) {
    Instant announced = START.plus(Duration.ofDays(1));
    driver
        .payment("acme", usd("10"))
        .at(announced)
        .policies(
            Policies.model(
                "atlas",
                Policies.verifiedOrganization(
                    "policy", r -> r.setAnnouncedAt(announced).setEffectiveFrom(announced))))
        .usage("acme", "atlas", u -> u.setInputTokens(1_000L))
        .expectBlocked("acme", BlockReason.VERIFICATION_REQUIRED)
        .expectStranded("acme", "payment-1", usd("10"), s -> s.setPolicyId("policy"))
        .refundRequest("acme", "payment-1", RefundBasis.OTHER)
        .expectRefundDecided(
            "acme",
            "payment-1",
            true,
            decided ->
                decided
                    .setBasis(RefundDecisionBasis.POLICY_CHANGE_STRANDED)
                    .setMaxAmountNanos(usd("10")))
        .verification("acme", VerificationStatus.VERIFIED)
        .expectStrandingCleared("acme", "payment-1", usd("10"))
        .usage("acme", "atlas", u -> u.setInputTokens(1_000_000L))
        .expectBalance("acme", usd("9"));
  }
}
