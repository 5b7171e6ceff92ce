package io.tollgate.testkit.topology;

import static io.tollgate.testkit.Money.usd;

import io.tollgate.events.AlertType;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.CreditState;
import io.tollgate.events.EntryType;
import io.tollgate.events.SpendLimitEnforcement;
import io.tollgate.events.VerificationStatus;
import io.tollgate.testkit.Prices;
import io.tollgate.testkit.TestSetup;
import io.tollgate.testkit.TollgateExtension;
import io.tollgate.testkit.TollgateTestDriver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is decided across accounts, and what an account limits itself to. */
class ClaimsTopologyTest {

  @RegisterExtension
  final TollgateExtension extension =
      TollgateExtension.of(TestSetup.tollgate().prices(Prices.sample()));

  @BeforeEach
  void start(TollgateTestDriver driver) {
    driver.at("2026-01-01T00:00:00Z");
  }

  @Test
  void shouldGiveOneTrialForAPhone(TollgateTestDriver driver) {
    driver
        .phoneVerified("acme", "phone")
        .expectTrial("acme", true, trial -> trial.setLotId("trial:acme"))
        .expectLedgerEntry("acme", EntryType.GRANT, usd("5"))
        .expectBalance("acme", usd("5"))
        .phoneVerified("zeta", "phone")
        .expectTrial("zeta", false, trial -> trial.setLotId(null))
        .expectBalance("zeta", 0)
        .expectAccess("acme", CreditState.LOW)
        .expectNothingMore();
  }

  @Test
  void shouldVerifyOneAccountForAnIdentity(TollgateTestDriver driver) {
    driver
        .verification("acme", VerificationStatus.VERIFIED, v -> v.setIdentityHash("identity"))
        .expectAccess("acme", CreditState.EXHAUSTED, access -> access.setVerified(true))
        .verification("zeta", VerificationStatus.VERIFIED, v -> v.setIdentityHash("identity"))
        .expectAccess("zeta", CreditState.EXHAUSTED, access -> access.setVerified(false));
  }

  @Test
  void shouldWarnNearASpendLimitAndAtIt(TollgateTestDriver driver) {
    driver
        .payment("acme", usd("100"))
        .spendLimit("acme", usd("10"), limit -> limit.setEnforcement(SpendLimitEnforcement.BLOCK))
        .usage("acme", "atlas", u -> u.setInputTokens(8_000_000L))
        .expectAlert("acme", AlertType.SPEND_LIMIT_NEAR)
        .usage("acme", "atlas", u -> u.setInputTokens(2_000_000L))
        .expectAlert("acme", AlertType.SPEND_LIMIT_REACHED)
        .expectNo(BalanceAlert.class)
        .expectAccess("acme", CreditState.FUNDED, access -> access.setSpendLimitReached(true))
        .expectBalance("acme", usd("90"));
  }
}
