package io.tollgate.testkit.example;

import static io.tollgate.testkit.Money.usd;

import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.RechargeRequested;
import io.tollgate.testkit.Prices;
import io.tollgate.testkit.TestSetup;
import io.tollgate.testkit.TollgateExtension;
import io.tollgate.testkit.TollgateTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

// snippet:chained
class RechargeAtOnceTest {
  @RegisterExtension
  final TollgateExtension extension =
      TollgateExtension.of(TestSetup.tollgate().prices(Prices.sample()).and(new RechargeAtOnce()));

  @Test
  void shouldRechargeWhenCreditRunsLow(TollgateTestDriver tollgate) {
    tollgate
        .at("2026-09-01T00:00:00Z")
        .payment("acme", usd("10"))
        .autoRecharge("acme", usd("5"), usd("20"))
        .at("2026-09-01T12:00:00Z")
        .usage("acme", "atlas", u -> u.setInputTokens(6_000_000L))
        .expectRechargeRequested("acme", usd("16"))
        .expect(PaymentSucceeded.newBuilder().setRechargeId("acme:1").setAttempt(1))
        .expectBalance("acme", usd("20"))
        .advanceTo("2026-09-02T00:00:00Z")
        .expectNo(RechargeRequested.class);
  }
}
// end
