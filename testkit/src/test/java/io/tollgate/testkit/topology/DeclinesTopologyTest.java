package io.tollgate.testkit.topology;

import static io.tollgate.testkit.Money.usd;

import io.tollgate.events.AlertType;
import io.tollgate.events.RechargeReason;
import io.tollgate.events.RechargeRequested;
import io.tollgate.testkit.Prices;
import io.tollgate.testkit.TestSetup;
import io.tollgate.testkit.TollgateExtension;
import io.tollgate.testkit.TollgateTestDriver;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Recharges that a bank declines. */
class DeclinesTopologyTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @RegisterExtension
  final TollgateExtension extension =
      TollgateExtension.of(TestSetup.tollgate().prices(Prices.sample()));

  @BeforeEach
  void start(TollgateTestDriver driver) {
    driver
        .at(START)
        .payment("acme", usd("10"))
        .autoRecharge("acme", usd("5"), usd("20"))
        .usage("acme", "atlas", u -> u.setInputTokens(6_000_000L))
        .expectRechargeRequested("acme", usd("16"), r -> r.setAttempt(1));
  }

  @Test
  void shouldTryAgainAfterADeclineThatPasses(TollgateTestDriver driver) {
    Instant retry = START.plus(Duration.ofHours(1));
    driver
        .skipAll()
        .paymentFailed(
            "acme", usd("16"), "processing_error", p -> p.setRechargeId("acme:1").setAttempt(1))
        .expectAlert("acme", AlertType.RECHARGE_FAILED, a -> a.setNextAttemptAt(retry))
        .at(retry.minusMillis(1))
        .expectNo(RechargeRequested.class)
        .at(retry)
        .expectRechargeRequested(
            "acme",
            usd("16"),
            r ->
                r.setRechargeId("acme:1")
                    .setAttempt(2)
                    .setReason(RechargeReason.RETRY_AFTER_DECLINE))
        .payment("acme", usd("16"), p -> p.setRechargeId("acme:1").setAttempt(2))
        .expectBalance("acme", usd("20"));
  }

  @Test
  void shouldStopAtADeclineThatDoesNotPass(TollgateTestDriver driver) {
    driver
        .skipAll()
        .paymentFailed(
            "acme", usd("16"), "stolen_card", p -> p.setRechargeId("acme:1").setAttempt(1))
        .expectAlert("acme", AlertType.RECHARGE_FAILED, a -> a.setNextAttemptAt(null))
        .expectAlert("acme", AlertType.RECHARGE_DISABLED)
        .advance(Duration.ofDays(7))
        .expectNo(RechargeRequested.class);
  }
}
