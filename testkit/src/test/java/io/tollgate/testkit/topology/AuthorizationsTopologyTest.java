package io.tollgate.testkit.topology;

import static io.tollgate.testkit.Money.usd;

import io.tollgate.events.BlockReason;
import io.tollgate.events.EntryFlag;
import io.tollgate.events.EntryType;
import io.tollgate.testkit.Prices;
import io.tollgate.testkit.TestSetup;
import io.tollgate.testkit.TollgateExtension;
import io.tollgate.testkit.TollgateTestDriver;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls that ask first. */
class AuthorizationsTopologyTest {

  @RegisterExtension
  final TollgateExtension extension =
      TollgateExtension.of(TestSetup.tollgate().prices(Prices.sample()));

  @BeforeEach
  void start(TollgateTestDriver driver) {
    driver.at("2026-01-01T00:00:00Z").payment("acme", usd("10"));
  }

  @Test
  void shouldHoldTheEstimateUntilTheUsageSettlesIt(TollgateTestDriver driver) {
    driver
        .authorize("acme", "auth", a -> a.setModel("atlas").setInputTokens(4_000_000L))
        .expectAllowed("acme", "auth", d -> d.setHeldNanos(usd("4")).setAvailableNanos(usd("6")))
        .expectBalance("acme", usd("10"), b -> b.setHeldNanos(usd("4")).setAvailableNanos(usd("6")))
        .usage("acme", "atlas", u -> u.setAuthorizationId("auth").setInputTokens(3_000_000L))
        .expectLedgerEntry("acme", EntryType.PURCHASE, usd("10"))
        .expectLedgerEntry(
            "acme",
            EntryType.USAGE,
            usd("-3"),
            e -> e.setAuthorizationId("auth").setFlags(List.of()))
        .expectBalance("acme", usd("7"), b -> b.setHeldNanos(0L).setAvailableNanos(usd("7")));
  }

  @Test
  void shouldDenyWhatTheCreditDoesNotCover(TollgateTestDriver driver) {
    driver
        .authorize("acme", "auth", a -> a.setModel("atlas").setInputTokens(10_000_001L))
        .expectDenied("acme", "auth", BlockReason.INSUFFICIENT_CREDIT, d -> d.setHeldNanos(0L))
        .expectBlocked(
            "acme", BlockReason.INSUFFICIENT_CREDIT, b -> b.setId("auth").setServed(false));
  }

  @Test
  void shouldGiveAHoldBackWhenItsTimeIsOver(TollgateTestDriver driver) {
    driver
        .authorize("acme", "auth", a -> a.setAmountNanos(usd("4")).setTtlMillis(60_000L))
        .advance(Duration.ofMillis(59_999))
        .expectBalance("acme", usd("10"), b -> b.setHeldNanos(usd("4")))
        .advance(Duration.ofMillis(1))
        .expectBalance("acme", usd("10"), b -> b.setHeldNanos(0L))
        .usage("acme", "atlas", u -> u.setAuthorizationId("auth").setInputTokens(1_000_000L))
        .expectLedgerEntry("acme", EntryType.PURCHASE, usd("10"))
        .expectLedgerEntry(
            "acme",
            EntryType.USAGE,
            usd("-1"),
            e -> e.setFlags(List.of(EntryFlag.LATE_SETTLEMENT)));
  }

  @Test
  void shouldGiveAHoldBackWhenTheGatewayReleasesIt(TollgateTestDriver driver) {
    driver
        .authorize("acme", "auth", a -> a.setAmountNanos(usd("4")))
        .release("acme", "auth")
        .expectBalance("acme", usd("10"), b -> b.setHeldNanos(0L));
  }
}
