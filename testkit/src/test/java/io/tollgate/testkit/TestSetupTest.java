package io.tollgate.testkit;

import static io.tollgate.testkit.Money.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.events.AlertType;
import io.tollgate.events.BlockReason;
import io.tollgate.events.ModelPrices;
import io.tollgate.events.RejectionReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings, prices and policies of a test. */
class TestSetupTest {

  private static final String START = "2026-09-01T00:00:00Z";

  @Test
  void shouldStartWithoutPrices() {
    try (TollgateTestDriver driver = TestSetup.tollgate().start()) {
      driver
          .at(START)
          .usage("acme", "atlas", u -> u.setInputTokens(1L))
          .expectRejected(RejectionReason.UNPRICED)
          .expectNothingMore();
    }
  }

  @Test
  void shouldBeginAnewAtEveryStart() {
    TestSetup setup = TestSetup.tollgate();
    for (int i = 0; i < 2; i++) {
      try (TollgateTestDriver driver = setup.start()) {
        driver.at(START).payment("acme", usd("1")).expectBalance("acme", usd("1"));
      }
    }
  }

  @Test
  void shouldTakeSettings() {
    TestSetup setup =
        TestSetup.tollgate()
            .prices(Prices.sample())
            .setting("overdraft.limit", "0")
            .setting("alert.levels", "9,3");
    try (TollgateTestDriver driver = setup.start()) {
      driver
          .at(START)
          .payment("acme", usd("10"))
          .usage("acme", "atlas", u -> u.setInputTokens(1_000_000L))
          .expectAlert("acme", AlertType.LOW_BALANCE, a -> a.setLevelNanos(usd("9")))
          .usage("acme", "atlas", u -> u.setInputTokens(9_000_001L))
          .expectBalance("acme", 0)
          .usage("acme", "atlas", u -> u.setInputTokens(1L))
          .expectBlocked("acme", BlockReason.INSUFFICIENT_CREDIT);
    }
  }

  @Test
  void shouldRefuseSettingsThatDoNotExistOrMayNotBe() {
    TestSetup setup = TestSetup.tollgate();

    assertThatThrownBy(() -> setup.setting("overdraft", "0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("there is no setting overdraft; there are alert.levels, ");
    assertThatThrownBy(() -> setup.setting("overdraft.limit", "-1"))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void shouldGiveSamplePrices() {
    try (TollgateTestDriver driver = TestSetup.tollgate().prices(Prices.sample()).start()) {
      driver
          .at(START)
          .payment("acme", usd("100"))
          .usage(
              "acme",
              "atlas",
              u ->
                  u.setInputTokens(1_000_000L)
                      .setCachedInputTokens(1_000_000L)
                      .setCacheWriteTokens(1_000_000L)
                      .setOutputTokens(1_000_000L))
          .expectBalance("acme", usd("92.9"))
          .usage(
              "acme", "atlas-mini", u -> u.setInputTokens(1_000_000L).setOutputTokens(1_000_000L))
          .expectBalance("acme", usd("92.4"));
    }
  }

  @Test
  void shouldGivePublishedPrices() {
    List<ModelPrices> published = Prices.published();

    assertThat(published).extracting(ModelPrices::getModel).contains("gpt-5", "claude-fable-5");
    try (TollgateTestDriver driver = TestSetup.tollgate().prices(published).start()) {
      driver
          .at(START)
          .payment("acme", usd("10"))
          .usage("acme", "gpt-5", u -> u.setInputTokens(1_000_000L))
          .expectBalance("acme", usd("8.75"));
    }
  }

  @Test
  void shouldGiveThePricesOfAFile(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("prices.csv"),
            """
            model,meter,serviceTier,minInputTokens,effectiveFrom,nanosPerMillion
            m,input,standard,0,2026-01-01T00:00:00Z,3000000000
            """);
    try (TollgateTestDriver driver = TestSetup.tollgate().prices(Prices.fromCsv(file)).start()) {
      driver
          .at(START)
          .payment("acme", usd("10"))
          .usage("acme", "m", u -> u.setInputTokens(1_000_000L))
          .expectBalance("acme", usd("7"));
    }
  }

  @Test
  void shouldGivePricesByTierBandMeterAndTime() {
    TestSetup setup =
        TestSetup.tollgate()
            .prices(
                Prices.model(
                    "m",
                    Prices.input(usd("1")),
                    Prices.input(usd("2"), row -> row.setMinInputTokens(200_000L)),
                    Prices.input(usd("0.5"), row -> row.setServiceTier("batch")),
                    Prices.row(
                        "image",
                        usd("3"),
                        row -> row.setEffectiveFrom(Instant.parse("2026-10-01T00:00:00Z")))));
    try (TollgateTestDriver driver = setup.start()) {
      driver
          .at(START)
          .payment("acme", usd("10"))
          .usage("acme", "m", u -> u.setInputTokens(100_000L))
          .expectBalance("acme", usd("9.9"))
          .usage("acme", "m", u -> u.setInputTokens(1_000_000L))
          .expectBalance("acme", usd("7.9"))
          .usage("acme", "m", u -> u.setInputTokens(100_000L).setServiceTier("batch"))
          .expectBalance("acme", usd("7.85"))
          .usage("acme", "m", u -> u.setOtherUnits(Map.of("image", 100_000L)))
          .expectRejected(RejectionReason.UNPRICED)
          .at("2026-10-01T00:00:00Z")
          .usage("acme", "m", u -> u.setOtherUnits(Map.of("image", 100_000L)))
          .expectBalance("acme", usd("7.55"));
    }
  }

  @Test
  void shouldGivePolicies() {
    TestSetup setup =
        TestSetup.tollgate()
            .prices(Prices.sample())
            .policies(
                Policies.model(
                    "atlas",
                    Policies.verifiedOrganization("vision-2026", r -> r.setCapability("vision"))));
    try (TollgateTestDriver driver = setup.start()) {
      driver
          .at(START)
          .payment("acme", usd("10"))
          .usage("acme", "atlas", u -> u.setInputTokens(1_000_000L))
          .expectBalance("acme", usd("9"))
          .usage("acme", "atlas", u -> u.setCapabilities(List.of("vision")))
          .expectBlocked(
              "acme", BlockReason.VERIFICATION_REQUIRED, b -> b.setPolicyId("vision-2026"));
    }
  }

  @Test
  void shouldRefusePricesThatTollgateRefuses() {
    TestSetup setup = TestSetup.tollgate().prices(Prices.model("m", Prices.input(-1)));
    try (TollgateTestDriver driver = setup.start()) {
      assertThatThrownBy(() -> driver.at(START))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "price-book of m is refused: rows.nanosPerMillion is -1; it must not be negative");
    }
  }

  @Test
  void shouldRefusePricesThatNobodyReads() {
    TestSetup setup = TestSetup.only(Relay.ofOutputs()).prices(Prices.sample());
    try (TollgateTestDriver driver = setup.start()) {
      assertThatThrownBy(() -> driver.at(START))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no topology of this test reads the topic tollgate.price-book");
    }
  }
}
