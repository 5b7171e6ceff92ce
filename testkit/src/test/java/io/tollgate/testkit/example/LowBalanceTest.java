package io.tollgate.testkit.example;

// snippet:low-balance
import static io.tollgate.events.AlertType.LOW_BALANCE;
import static io.tollgate.testkit.Money.usd;
import static io.tollgate.testkit.Prices.input;
import static io.tollgate.testkit.Prices.output;

import io.tollgate.testkit.TollgateExtension;
import io.tollgate.testkit.TollgateTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TollgateExtension.class)
class LowBalanceTest {
  @Test
  void shouldWarnBeforeCreditRunsOut(TollgateTestDriver tollgate) {
    tollgate.prices("gpt-5", input(usd("1.25")), output(usd("10")));

    tollgate.at("2026-09-01T00:00:00Z").payment("acme", usd("10"));
    tollgate.at("2026-09-01T12:00:00Z").usage("acme", "gpt-5", u -> u.setInputTokens(4_000_000L));

    tollgate.expectAlert("acme", LOW_BALANCE, alert -> alert.setLevelNanos(usd("5")));
    tollgate.expectBalance("acme", usd("5"));
  }
}
// end
