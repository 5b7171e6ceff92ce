package io.tollgate.domain.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.domain.effect.Effect.UsageLine;
import io.tollgate.domain.event.Quantities;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatingTest {

  private static final long AT = millis("2026-06-01T00:00:00Z");

  /** Published list prices, and what published examples cost by them. */
  @ParameterizedTest
  @CsvSource({
    "gpt-5, standard, 2025-10-01T00:00:00Z, 700, 300, 0, 500, 5912500000000",
    "gpt-5, priority, 2025-10-01T00:00:00Z, 700, 300, 0, 500, 11825000000000",
    "gpt-5.4, standard, 2026-03-01T00:00:00Z, 272000, 0, 0, 1000, 695000000000000",
    "gpt-5.4, standard, 2026-03-01T00:00:00Z, 272001, 0, 0, 1000, 1382505000000000",
    "gpt-5.6-luna, standard, 2026-07-29T23:59:59.999Z, 200000, 0, 0, 0, 200000000000000",
    "gpt-5.6-luna, standard, 2026-07-30T00:00:00Z, 200000, 0, 0, 0, 40000000000000",
    "deepseek-v4-pro, standard, 2026-07-01T00:00:00Z, 0, 1, 0, 0, 3625000"
  })
  void shouldPricePublishedExamplesExactly(
      String model,
      String tier,
      String at,
      long input,
      long cached,
      long write,
      long output,
      long millionths) {
    Reference reference = new Reference();
    reference.put(
        prices(
            "gpt-5",
            row("input", "standard", 0, 1_250_000_000),
            row("cached_input", "standard", 0, 125_000_000),
            row("output", "standard", 0, 10_000_000_000L),
            row("input", "priority", 0, 2_500_000_000L),
            row("cached_input", "priority", 0, 250_000_000),
            row("output", "priority", 0, 20_000_000_000L)));
    reference.put(
        prices(
            "gpt-5.4",
            row("input", "standard", 0, 2_500_000_000L),
            row("input", "standard", 272_000, 5_000_000_000L),
            row("output", "standard", 0, 15_000_000_000L),
            row("output", "standard", 272_000, 22_500_000_000L)));
    reference.put(
        prices(
            "gpt-5.6-luna",
            row("input", "standard", 0, 1_000_000_000),
            new PriceRow("input", "standard", 0, 200_000_000, millis("2026-07-30T00:00:00Z"))));
    reference.put(prices("deepseek-v4-pro", row("cached_input", "standard", 0, 3_625_000)));

    Rating rating =
        Rating.of(
            reference,
            model,
            new Quantities(input, cached, write, output, Map.of()),
            tier,
            millis(at));

    assertThat(rating.unpriced()).isNull();
    assertThat(rating.cost()).isEqualTo(new ExactCost(0, millionths));
  }

  @Test
  void shouldListUsedMetersInOrder() {
    Reference reference = new Reference();
    reference.put(
        prices(
            "m",
            row("output", "standard", 0, 4),
            row("input", "standard", 0, 1),
            row("cache_write", "standard", 0, 3),
            row("cached_input", "standard", 0, 2),
            row("web_search", "standard", 0, 6),
            row("audio_second", "standard", 0, 5)));

    Rating rating =
        Rating.of(
            reference,
            "m",
            new Quantities(10, 20, 30, 40, Map.of("web_search", 60L, "audio_second", 50L, "x", 0L)),
            "standard",
            AT);

    assertThat(rating.lines())
        .containsExactly(
            new UsageLine("input", 10, 1),
            new UsageLine("cached_input", 20, 2),
            new UsageLine("cache_write", 30, 3),
            new UsageLine("output", 40, 4),
            new UsageLine("audio_second", 50, 5),
            new UsageLine("web_search", 60, 6));
    assertThat(rating.cost()).isEqualTo(new ExactCost(0, 10 + 40 + 90 + 160 + 250 + 360));
  }

  @Test
  void shouldChooseTheBandByTheWholePromptStrictlyAbove() {
    Reference reference = new Reference();
    reference.put(
        prices(
            "m",
            row("input", "standard", 0, 1),
            row("cached_input", "standard", 0, 1),
            row("cache_write", "standard", 0, 1),
            row("output", "standard", 0, 1),
            row("output", "standard", 100, 2),
            row("output", "standard", 200, 3)));

    assertThat(outputPrice(reference, 100, 0, 0)).isEqualTo(1);
    assertThat(outputPrice(reference, 99, 1, 1)).isEqualTo(2);
    assertThat(outputPrice(reference, 100, 50, 50)).isEqualTo(2);
    assertThat(outputPrice(reference, 0, 0, 201)).isEqualTo(3);
    assertThat(outputPrice(reference, 0, 0, 0)).isEqualTo(1);
  }

  @Test
  void shouldKeepABandUntilOneOfTheSameBandReplacesIt() {
    Reference reference = new Reference();
    reference.put(
        prices(
            "m",
            row("input", "standard", 0, 1),
            new PriceRow("output", "standard", 0, 1, 0),
            new PriceRow("output", "standard", 100, 5, 0),
            new PriceRow("output", "standard", 0, 2, AT)));

    assertThat(outputPrice(reference, 101, 0, 0)).isEqualTo(5);
    assertThat(outputPrice(reference, 100, 0, 0)).isEqualTo(2);
  }

  @Test
  void shouldChooseTheLatestRowInEffectWhenTheUsageHappened() {
    ModelPrices prices =
        prices(
            "m",
            new PriceRow("input", "standard", 0, 3, AT),
            new PriceRow("input", "standard", 0, 1, AT - 2),
            new PriceRow("input", "standard", 0, 2, AT - 1));

    assertThat(prices.rowFor("input", "standard", 0, AT - 3)).isNull();
    assertThat(price(prices, AT - 2)).isEqualTo(1);
    assertThat(price(prices, AT - 1)).isEqualTo(2);
    assertThat(price(prices, AT)).isEqualTo(3);
    assertThat(price(prices, AT + 1)).isEqualTo(3);
  }

  @Test
  void shouldNotPriceWhatHasNoRow() {
    Reference reference = new Reference();
    reference.put(prices("m", row("input", "standard", 0, 1), row("output", "batch", 0, 1)));
    reference.put(prices("empty"));

    assertThat(unpriced(reference, "unknown", new Quantities(0, 0, 0, 0, Map.of())))
        .contains("unknown");
    assertThat(unpriced(reference, "empty", new Quantities(0, 0, 0, 0, Map.of())))
        .contains("empty");
    assertThat(unpriced(reference, "m", new Quantities(1, 0, 0, 1, Map.of()))).contains("output");
    assertThat(unpriced(reference, "m", new Quantities(1, 0, 0, 0, Map.of("image", 1L))))
        .contains("image");
    assertThat(unpriced(reference, "m", new Quantities(1, 0, 0, 0, Map.of("image", 0L)))).isNull();
  }

  @Test
  void shouldPriceNothingUsedAtNothing() {
    Reference reference = new Reference();
    reference.put(prices("m", row("input", "standard", 0, 1)));

    Rating rating = Rating.of(reference, "m", new Quantities(0, 0, 0, 0, Map.of()), "standard", AT);

    assertThat(rating).isEqualTo(new Rating(ExactCost.ZERO, List.of(), null));
  }

  @Test
  void shouldRefuseMoreTokensThanCanBeCounted() {
    Reference reference = new Reference();
    reference.put(prices("m", row("input", "standard", 0, 1)));

    assertThatThrownBy(
            () ->
                Rating.of(
                    reference,
                    "m",
                    new Quantities(Long.MAX_VALUE, 1, 0, 0, Map.of()),
                    "standard",
                    AT))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void shouldLetAVisitorEndTheVisitAtAnyMeter() {
    Quantities quantities = new Quantities(1, 1, 1, 1, Map.of("a", 1L, "b", 1L));
    for (int end = 1; end <= 6; end++) {
      int last = end;
      List<String> visited = new ArrayList<>();
      assertThat(
              quantities.forEachUsed(
                  (meter, quantity) -> {
                    visited.add(meter);
                    return visited.size() < last;
                  }))
          .isFalse();
      assertThat(visited).hasSize(end);
    }
  }

  private static long outputPrice(Reference reference, long input, long cached, long write) {
    return Rating.of(
            reference, "m", new Quantities(input, cached, write, 1, Map.of()), "standard", AT)
        .lines()
        .stream()
        .filter(line -> line.meter().equals("output"))
        .findFirst()
        .orElseThrow()
        .nanosPerMillion();
  }

  @Test
  void shouldKnowTheRowsInEffectAndThoseToCome() {
    PriceRow before = new PriceRow("input", "standard", 0, 1, AT - 2);
    PriceRow now = new PriceRow("input", "standard", 0, 2, AT);
    PriceRow later = new PriceRow("input", "standard", 0, 3, AT + 1);
    PriceRow band = new PriceRow("input", "standard", 100, 4, AT - 2);
    PriceRow bandLater = new PriceRow("input", "standard", 200, 5, AT + 1);
    PriceRow never = new PriceRow("input", "standard", Long.MAX_VALUE, 6, 0);
    PriceRow batch = new PriceRow("input", "batch", 0, 7, 0);
    ModelPrices prices = prices("m", before, later, band, now, bandLater, never, batch);

    assertThat(prices.inEffect("standard", AT)).containsExactlyInAnyOrder(now, band);
    assertThat(prices.announced("standard", AT)).containsExactly(later, bandLater);
    assertThat(prices.inEffect("batch", AT)).containsExactly(batch);
    assertThat(prices.inEffect("standard", AT - 3)).isEmpty();
  }

  private static long price(ModelPrices prices, long at) {
    PriceRow row = prices.rowFor("input", "standard", 0, at);
    return row == null ? -1 : row.nanosPerMillion();
  }

  private static @Nullable String unpriced(
      Reference reference, String model, Quantities quantities) {
    return Rating.of(reference, model, quantities, "standard", AT).unpriced();
  }

  private static ModelPrices prices(String model, PriceRow... rows) {
    return new ModelPrices(model, List.of(), List.of(rows));
  }

  private static PriceRow row(String meter, String tier, long band, long nanosPerMillion) {
    return new PriceRow(meter, tier, band, nanosPerMillion, 0);
  }

  private static long millis(String iso) {
    return Instant.parse(iso).toEpochMilli();
  }
}
