package io.tollgate.testkit;

import static io.tollgate.testkit.Money.usd;

import io.tollgate.events.ModelPrices;
import io.tollgate.events.PriceRow;
import io.tollgate.prices.PriceListCsv;
import io.tollgate.schemas.TrustedTypes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Prices for tests. A price is a number of nano-units per million units of its meter, in the
 * standard tier, for requests of any size, and holds since 1970; whatever else it should be is set
 * on the row.
 */
public final class Prices {

  static {
    TrustedTypes.trust();
  }

  private Prices() {}

  /** All prices of one model. */
  public static ModelPrices model(String name, PriceRow... rows) {
    return ModelPrices.newBuilder().setModel(name).setRows(List.of(rows)).setVersion(1).build();
  }

  /** The price of input tokens. */
  @SafeVarargs
  public static PriceRow input(long nanosPerMillion, Consumer<PriceRow.Builder>... fields) {
    return row("input", nanosPerMillion, fields);
  }

  /** The price of input tokens that are read from a cache. */
  @SafeVarargs
  public static PriceRow cachedInput(long nanosPerMillion, Consumer<PriceRow.Builder>... fields) {
    return row("cached_input", nanosPerMillion, fields);
  }

  /** The price of input tokens that are written to a cache. */
  @SafeVarargs
  public static PriceRow cacheWrite(long nanosPerMillion, Consumer<PriceRow.Builder>... fields) {
    return row("cache_write", nanosPerMillion, fields);
  }

  /** The price of output tokens. */
  @SafeVarargs
  public static PriceRow output(long nanosPerMillion, Consumer<PriceRow.Builder>... fields) {
    return row("output", nanosPerMillion, fields);
  }

  /** The price of any meter. */
  @SafeVarargs
  public static PriceRow row(
      String meter, long nanosPerMillion, Consumer<PriceRow.Builder>... fields) {
    PriceRow.Builder row =
        PriceRow.newBuilder()
            .setMeter(meter)
            .setNanosPerMillion(nanosPerMillion)
            .setEffectiveFrom(Instant.EPOCH);
    return Fields.set(row, fields).build();
  }

  /**
   * Two models at prices that are easy to reckon with. {@code atlas}: $1 per million input tokens,
   * $0.10 cached, $2 written to a cache, $4 output. {@code atlas-mini}: a tenth of that, and
   * nothing for caches.
   */
  public static List<ModelPrices> sample() {
    return List.of(
        model(
            "atlas",
            input(usd("1")),
            cachedInput(usd("0.10")),
            cacheWrite(usd("2")),
            output(usd("4"))),
        model("atlas-mini", input(usd("0.10")), output(usd("0.40"))));
  }

  /** The published list prices that come with Tollgate. */
  public static List<ModelPrices> published() {
    return PriceListCsv.builtIn();
  }

  /**
   * The prices of a price list: CSV with the columns model, meter, serviceTier, minInputTokens,
   * effectiveFrom and nanosPerMillion.
   *
   * @throws io.tollgate.prices.PriceListException if it cannot be read, or a line of it makes no
   *     sense
   */
  public static List<ModelPrices> fromCsv(Path file) {
    return PriceListCsv.read(file);
  }
}
