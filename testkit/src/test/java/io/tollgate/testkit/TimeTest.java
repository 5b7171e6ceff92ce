package io.tollgate.testkit;

import static io.tollgate.events.AlertType.RECHARGE_STALLED;
import static io.tollgate.events.RechargeReason.BELOW_THRESHOLD;
import static io.tollgate.events.RechargeReason.UNKNOWN_OUTCOME;
import static io.tollgate.testkit.Money.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.events.AccountAccess;
import io.tollgate.events.AccountBalance;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.EntryType;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.RechargeRequested;
import io.tollgate.events.RejectionReason;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Time is what the test says, and never goes back. */
@ExtendWith(TollgateExtension.class)
class TimeTest {

  private static final Instant START = Instant.parse("2026-09-01T00:00:00Z");

  @Test
  void shouldAskForATimeFirst(TollgateTestDriver driver) {
    assertThatThrownBy(() -> driver.payment("acme", usd("1")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no time has been told yet; start with at(\"2026-01-01T00:00:00Z\")");
    assertThatThrownBy(driver::now).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> driver.advance(Duration.ofDays(1)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(driver::expectNothingMore).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldNotGoBack(TollgateTestDriver driver) {
    driver.at(START).payment("acme", usd("1"));

    assertThatThrownBy(() -> driver.at(START.minusMillis(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "time does not go back: it is 2026-09-01T00:00:00Z, after 2026-08-31T23:59:59.999Z");
    assertThatThrownBy(() -> driver.advance(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(driver.now()).isEqualTo(START);
    driver.at(START).payment("acme", usd("1")).expectBalance("acme", usd("2"));
  }

  @Test
  void shouldRefuseWhatIsNoTime(TollgateTestDriver driver) {
    assertThatThrownBy(() -> driver.at("tomorrow"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tomorrow");
  }

  @Test
  void shouldGoOnByADuration(TollgateTestDriver driver) {
    driver.at(START).advance(Duration.ofMinutes(3)).advance(Duration.ofSeconds(1));

    assertThat(driver.now()).isEqualTo(START.plusSeconds(181));
  }

  @Test
  void shouldLetEachDeadlineHappenAtItsOwnTime(TollgateTestDriver driver) {
    driver.at(START).autoRecharge("acme", usd("5"), usd("20")).payment("acme", usd("1"));
    driver.skip(LedgerEntry.class, AccountBalance.class, AccountAccess.class);

    driver.advanceTo(START.plus(Duration.ofDays(1)));

    driver
        .expectRechargeRequested(
            "acme", usd("20"), r -> r.setReason(BELOW_THRESHOLD).setRequestedAt(START))
        .expectRechargeRequested("acme", usd("20"), r -> r.setReason(UNKNOWN_OUTCOME))
        .expectRechargeRequested(
            "acme", usd("20"), r -> r.setRequestedAt(START.plus(Duration.ofMinutes(30))))
        .expectRechargeRequested(
            "acme", usd("20"), r -> r.setRequestedAt(START.plus(Duration.ofMinutes(45))))
        .expectAlert(
            "acme", RECHARGE_STALLED, a -> a.setOccurredAt(START.plus(Duration.ofHours(1))))
        .expectNothingMore();
  }

  @Test
  void shouldHaveFiredWhatIsDueBeforeARecord(TollgateTestDriver driver) {
    Instant later = START.plus(Duration.ofMinutes(10));
    driver
        .at(START)
        .grant("acme", usd("1"), g -> g.setEffectiveAt(later))
        .expectNo(LedgerEntry.class)
        .at(later)
        .payment("acme", usd("2"))
        .expectLedgerEntry("acme", EntryType.GRANT, usd("1"), e -> e.setRecordedAt(later))
        .expectLedgerEntry("acme", EntryType.PURCHASE, usd("2"), e -> e.setRecordedAt(later));
  }

  @Test
  void shouldPublishPricesNowOnceTimeRuns(TollgateTestDriver driver) {
    driver
        .prices("given", Prices.input(usd("1")))
        .at(START)
        .payment("acme", usd("10"))
        .usage("acme", "given", u -> u.setInputTokens(1_000_000L))
        .usage("acme", "later", u -> u.setInputTokens(1_000_000L))
        .prices("later", Prices.input(usd("2")))
        .usage("acme", "later", u -> u.setInputTokens(1_000_000L));

    driver
        .expectRejected(RejectionReason.UNPRICED)
        .expectBalance("acme", usd("7"))
        .skip(LedgerEntry.class, BalanceAlert.class, AccountAccess.class)
        .expectNothingMore();
    assertThat(driver.history())
        .contains("given: prices of given\n")
        .contains("in   price-book             later  ModelPrices{")
        .doesNotContain("in   price-book             given");
  }

  @Test
  void shouldExpectNoRechargeThatNobodyAskedFor(TollgateTestDriver driver) {
    driver.at(START).payment("acme", usd("1")).expectNo(RechargeRequested.class);
  }
}
