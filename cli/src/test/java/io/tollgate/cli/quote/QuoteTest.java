package io.tollgate.cli.quote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tollgate.cli.Colours;
import io.tollgate.cli.Money;
import io.tollgate.cli.quote.ModelQuote.CallQuote;
import io.tollgate.cli.quote.Quote.Question;
import io.tollgate.domain.account.Block;
import io.tollgate.domain.effect.Effect.BlockReason;
import io.tollgate.domain.rating.AccessPolicy;
import io.tollgate.domain.rating.AccessPolicy.Requirement;
import io.tollgate.domain.rating.ModelPrices;
import io.tollgate.domain.rating.PriceRow;
import io.tollgate.domain.rating.Reference;
import io.tollgate.events.AccountAccess;
import io.tollgate.events.AccountBalance;
import io.tollgate.events.AccountStatus;
import io.tollgate.events.CreditState;
import io.tollgate.events.Lifetime;
import io.tollgate.schemas.TrustedTypes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuoteTest {

  static {
    TrustedTypes.trust();
  }

  private static final Path PAGE = Path.of("../docs/answers.md");

  private static final long UNIT = 1_000_000_000L;
  private static final long NOW = day("2026-09-15");
  private static final String ALL = AccessPolicy.WHOLE_MODEL;
  private static final Standing NOBODY = Standing.of("acme", null, null);
  private static final Standing VERIFIED = funded(access -> access.setVerified(true));

  private final Reference reference = new Reference();

  @BeforeEach
  void publish() {
    reference.put(
        new ModelPrices(
            "gpt-5",
            List.of("gpt-5-latest"),
            List.of(price("input", 0, "1.25"), price("output", 0, "10"))));
    reference.put(
        new AccessPolicy(
            "gpt-5", List.of(required("vision", "vision-2026", "2026-01-01", "2026-02-01", null))));
    reference.put(
        new ModelPrices("o3", List.of(), List.of(price("input", 0, "2"), price("output", 0, "8"))));
    reference.put(
        new AccessPolicy(
            "o3", List.of(required(ALL, "o3-2026", "2026-09-01", "2026-10-01", null))));
    reference.put(
        new ModelPrices(
            "gemini-2.5-pro",
            List.of(),
            List.of(
                price("output", 0, "10"),
                price("input", 200_000, "2.50"),
                price("input", 0, "1.25"),
                new PriceRow("input", "standard", 0, UNIT, day("2026-11-01")))));
  }

  @Test
  void shouldPrintWhatTheDocsShow() throws Exception {
    Quote quote = quote(NOBODY, 10 * UNIT);

    assertThat(Files.readString(PAGE, UTF_8)).contains("```text\n" + text(quote) + "```\n");
  }

  @Test
  void shouldBlockWhatNeedsVerificationAndSayUntilWhenTheRestIsOpen() {
    Quote quote = quote(NOBODY, null);

    assertThat(call(quote, "gpt-5", ALL).block()).isNull();
    CallQuote vision = call(quote, "gpt-5", "vision");
    assertThat(vision.block())
        .isEqualTo(
            Block.unverified("gpt-5", reference.requirements("gpt-5", List.of("vision"), NOW)));
    assertThat(vision.blockedUntil()).isNull();
    CallQuote o3 = call(quote, "o3", ALL);
    assertThat(o3.block()).isNull();
    assertThat(o3.usableUntil()).isEqualTo(day("2026-10-01"));
    assertThat(o3.requirements()).extracting(Requirement::announcedAt).contains(day("2026-09-01"));
  }

  @Test
  void shouldOpenEverythingToWhoIsVerified() {
    Quote quote = quote(VERIFIED, null);

    assertThat(quote.models())
        .flatExtracting(ModelQuote::calls)
        .allSatisfy(
            call -> {
              assertThat(call.block()).isNull();
              assertThat(call.usableUntil()).isNull();
            });
    assertThat(text(quote))
        .startsWith("acme: active, verified, 5.00 USD available\n")
        .contains("since 2026-02-01 needs a verified organisation, which it is")
        .doesNotContain("Verify the organisation");
  }

  @Test
  void shouldSayWhenARequirementEndsAndWhenAnotherTakesOver() {
    reference.put(
        new AccessPolicy(
            "o3",
            List.of(
                required(ALL, "first", "2026-01-01", "2026-02-01", "2026-11-01"),
                required("tools", "second", "2026-01-01", "2026-10-01", "2026-12-01"),
                required(ALL, "ended", "2026-01-01", "2026-02-01", "2026-03-01"))));

    Quote quote = quote(NOBODY, null);

    assertThat(call(quote, "o3", ALL).blockedUntil()).isEqualTo(day("2026-11-01"));
    assertThat(call(quote, "o3", "tools").blockedUntil()).isEqualTo(day("2026-12-01"));
    assertThat(call(quote, "o3", "tools").requirements())
        .extracting(Requirement::policyId)
        .containsExactly("first", "second");
    assertThat(text(quote)).contains("blocked until 2026-12-01");
  }

  @Test
  void shouldResolveAliasesAndAnswerOnlyWhatIsAsked() {
    Quote quote =
        Quote.of(
            NOBODY,
            reference,
            new Question(List.of("gpt-5-latest", "nothing"), List.of("vision"), "standard", null),
            NOW);

    assertThat(quote.models()).extracting(ModelQuote::model).containsExactly("gpt-5", "nothing");
    assertThat(quote.models().get(0).calls())
        .extracting(CallQuote::capability)
        .containsExactly(ALL, "vision");
    assertThat(call(quote, "gpt-5-latest", "vision").block()).isNotNull();
    assertThat(call(quote, "nothing", ALL).block())
        .extracting(Block::reason)
        .isEqualTo(BlockReason.UNPRICED_MODEL);
    assertThat(text(quote)).contains("gpt-5-latest (gpt-5)", "no price in tier standard");
  }

  @Test
  void shouldNotTakeThePriceOfAnotherTier() {
    Quote quote =
        Quote.of(NOBODY, reference, new Question(List.of("o3"), List.of(), "batch", null), NOW);

    assertThat(call(quote, "o3", ALL).block()).isEqualTo(Block.unpriced("o3"));
  }

  @Test
  void shouldTellPricesInEffectWithTheirBandsAndThoseToCome() {
    ModelQuote model = model(quote(NOBODY, null), "gemini-2.5-pro");

    assertThat(model.prices())
        .containsExactlyInAnyOrder(
            price("output", 0, "10"), price("input", 200_000, "2.50"), price("input", 0, "1.25"));
    assertThat(model.announcedPrices())
        .extracting(PriceRow::effectiveFrom)
        .containsExactly(day("2026-11-01"));
  }

  @Test
  void shouldSayWhatAnAmountBuysOnceItHasPaidTheDebt() {
    AccountBalance balance = balance(-2 * UNIT);
    balance.setDebtNanos(2 * UNIT);
    Standing indebted = Standing.of("acme", null, balance);

    assertThat(quote(indebted, 12 * UNIT).units(price("input", 0, "1.25")))
        .isEqualTo(BigInteger.valueOf(8_000_000));
    assertThat(quote(indebted, UNIT).units(price("input", 0, "1.25"))).isEqualTo(BigInteger.ZERO);
    assertThat(quote(NOBODY, Long.MAX_VALUE).units(price("input", 0, "0.000000001")))
        .isEqualTo(BigInteger.valueOf(Long.MAX_VALUE).multiply(BigInteger.valueOf(1_000_000)));
    assertThat(quote(NOBODY, UNIT).units(price("input", 0, "0"))).isNull();
    assertThat(text(quote(indebted, 12 * UNIT)))
        .contains(
            "what 12.00 USD buys of one meter alone once the debt of 2.00 USD is paid from it");
  }

  @Test
  void shouldTellWhatStandsInTheWayOfEveryCall() {
    Standing stopped =
        funded(
            access -> {
              access.setStatus(AccountStatus.SUSPENDED);
              access.setSpendLimitReached(true);
              access.setCreditState(CreditState.EXHAUSTED);
            });

    Quote quote = quote(stopped, null);

    assertThat(quote.blocks())
        .extracting(Block::reason)
        .containsExactly(
            BlockReason.ACCOUNT_SUSPENDED,
            BlockReason.SPEND_LIMIT_REACHED,
            BlockReason.INSUFFICIENT_CREDIT);
    assertThat(text(quote)).contains("Nothing can be used now.", "A spend limit for 2026-09");
    assertThat(new QuoteJson(quote).toJson().at("/models/0/calls/0/usable").asBoolean()).isFalse();
  }

  @Test
  void shouldGiveProgramsTheSameAnswer() {
    JsonNode json = new QuoteJson(quote(funded(access -> {}), 10 * UNIT)).toJson();

    JsonNode gpt = json.at("/models/1");
    assertThat(gpt.at("/name").asText()).isEqualTo("gpt-5");
    assertThat(gpt.at("/calls/0/usable").asBoolean()).isTrue();
    assertThat(gpt.at("/calls/1/usable").asBoolean()).isFalse();
    assertThat(gpt.at("/calls/1/block/policyId").asText()).isEqualTo("vision-2026");
    assertThat(gpt.at("/calls/1/requirements/0/announcedAt").asText())
        .isEqualTo("2026-01-01T00:00:00.000Z");
    assertThat(gpt.at("/prices/0/units").asLong()).isEqualTo(8_000_000);
    assertThat(json.at("/models/2/calls/0/usableUntil").asText())
        .isEqualTo("2026-10-01T00:00:00.000Z");
  }

  @Test
  void shouldSayThatNothingIsPublishedYet() {
    Quote quote =
        Quote.of(
            NOBODY, new Reference(), new Question(List.of(), List.of(), "standard", null), NOW);

    assertThat(text(quote)).endsWith("neither prices nor policies are published.\n");
  }

  private Quote quote(Standing standing, @Nullable Long amountNanos) {
    return Quote.of(
        standing, reference, new Question(List.of(), List.of(), "standard", amountNanos), NOW);
  }

  private static String text(Quote quote) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    new QuoteText(quote, out, new Colours(false)).print();
    out.flush();
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  private static ModelQuote model(Quote quote, String name) {
    return quote.models().stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }

  private static CallQuote call(Quote quote, String name, String capability) {
    return model(quote, name).calls().stream()
        .filter(each -> each.capability().equals(capability))
        .findFirst()
        .orElseThrow();
  }

  private static Standing funded(Consumer<AccountAccess> change) {
    AccountAccess access =
        AccountAccess.newBuilder()
            .setAccountId("acme")
            .setVersion(1)
            .setAsOf(Instant.EPOCH)
            .setVerified(false)
            .setCreditState(CreditState.LOW)
            .setSpendLimitReached(false)
            .build();
    change.accept(access);
    return Standing.of("acme", access, balance(5 * UNIT));
  }

  private static AccountBalance balance(long posted) {
    return AccountBalance.newBuilder()
        .setAccountId("acme")
        .setVersion(1)
        .setAsOf(Instant.EPOCH)
        .setCurrency("USD")
        .setPostedNanos(posted)
        .setHeldNanos(0)
        .setAvailableNanos(posted)
        .setDebtNanos(0)
        .setLots(List.of())
        .setLifetime(new Lifetime(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L))
        .build();
  }

  private static PriceRow price(String meter, long band, String units) {
    return new PriceRow(meter, "standard", band, Money.parse(units), day("2026-01-01"));
  }

  private static Requirement required(
      String capability, String policyId, String announced, String from, @Nullable String until) {
    return new Requirement(
        capability, policyId, day(announced), day(from), until == null ? null : day(until));
  }

  private static long day(String date) {
    return Instant.parse(date + "T00:00:00Z").toEpochMilli();
  }
}
