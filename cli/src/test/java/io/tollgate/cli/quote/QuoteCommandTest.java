package io.tollgate.cli.quote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tollgate.cli.CommandRun;
import io.tollgate.cli.kafka.TestInstallation;
import io.tollgate.cli.verify.Books;
import io.tollgate.events.AccessRequirement;
import io.tollgate.events.AccountAccess;
import io.tollgate.events.CreditState;
import io.tollgate.events.ModelAccessPolicy;
import io.tollgate.events.ModelPrices;
import io.tollgate.events.PriceRow;
import io.tollgate.events.Requirement;
import io.tollgate.schemas.topics.TopicCatalogue;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class QuoteCommandTest {

  private static final Instant PAST = Instant.parse("2026-01-01T00:00:00Z");

  @RegisterExtension final TestInstallation kafka = new TestInstallation();

  @Test
  void shouldQuoteWhatIsCommitted() throws Exception {
    kafka.createTopics(2);
    kafka.write(
        prices("m", 2_000_000_000L),
        prices("m", 1_000_000_000L),
        prices("gone", 1L),
        prices("", 1L), // refused by the pipeline
        new ModelAccessPolicy(
            "m",
            List.of(
                new AccessRequirement(
                    "vision", Requirement.VERIFIED_ORGANIZATION, "p", PAST, PAST, null)),
            1L));
    kafka.write(TopicCatalogue.PRICE_BOOK, "gone", null);
    kafka.write(TopicCatalogue.PRICE_BOOK, "m", new byte[] {1, 2, 3});
    kafka.writeInVain(prices("m", 5L));
    kafka.write(access(), Books.balanceAtFour("acme"));

    CommandRun quoted = kafka.run("quote", "acme", "--amount", "2", "--json");

    assertThat(quoted.err()).isEmpty();
    assertThat(quoted.exitCode()).isZero();
    JsonNode json = new ObjectMapper().readTree(quoted.out());
    assertThat(json.get("availableNanos").asLong()).isEqualTo(4);
    assertThat(json.get("models")).hasSize(1);
    assertThat(json.at("/models/0/prices/0/units").asLong()).isEqualTo(2_000_000);
    assertThat(json.at("/models/0/calls/0/usable").asBoolean()).isTrue();
    assertThat(json.at("/models/0/calls/1/block/reason").asText())
        .isEqualTo("VERIFICATION_REQUIRED");

    CommandRun nobody = kafka.run("quote", "nobody", "--model", "m");
    assertThat(nobody.exitCode()).isZero();
    assertThat(nobody.out()).startsWith("nobody: active, not verified, 0.00 USD available");
  }

  @Test
  void shouldRefuseAnAmountThatIsNone() {
    for (String amount : List.of("0", "-1", "ten", "0.0000000001", "99999999999")) {
      CommandRun refused = CommandRun.of("quote", "acme", "--amount=" + amount);

      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.err()).contains("'" + amount + "' is no amount above 0");
    }
  }

  private static ModelPrices prices(String model, long nanosPerMillion) {
    return new ModelPrices(
        model,
        List.of(),
        List.of(new PriceRow("input", "standard", 0L, nanosPerMillion, PAST)),
        PAST,
        1L);
  }

  private static AccountAccess access() {
    return AccountAccess.newBuilder()
        .setAccountId("acme")
        .setVersion(4)
        .setAsOf(PAST)
        .setVerified(false)
        .setCreditState(CreditState.LOW)
        .setSpendLimitReached(false)
        .build();
  }
}
