package io.tollgate.domain.rating;

import io.tollgate.domain.effect.Effect.UsageLine;
import io.tollgate.domain.event.Quantities;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of pricing a call.
 *
 * @param unpriced why there is no price, for a person; null if everything has one
 */
public record Rating(ExactCost cost, List<UsageLine> lines, @Nullable String unpriced) {

  /**
   * Prices a call at the rows in effect at the given time.
   *
   * @throws ArithmeticException if tokens or cost exceed what can be counted
   */
  public static Rating of(
      Reference reference, String name, Quantities quantities, String serviceTier, long at) {
    ModelPrices prices = reference.prices(reference.resolve(name));
    if (prices == null || prices.rows().isEmpty()) {
      return unpriced("model " + name + " has no price; publish ModelPrices for it, then replay");
    }
    long promptTokens = quantities.promptTokens();
    List<UsageLine> lines = new ArrayList<>(4);
    boolean priced =
        quantities.forEachUsed(
            (meter, quantity) -> {
              PriceRow row = prices.rowFor(meter, serviceTier, promptTokens, at);
              lines.add(new UsageLine(meter, quantity, row == null ? 0 : row.nanosPerMillion()));
              return row != null;
            });
    if (!priced) {
      return unpriced(
          "model %s has no price for meter %s in tier %s at that time; publish one, then replay"
              .formatted(name, lines.get(lines.size() - 1).meter(), serviceTier));
    }
    ExactCost cost = ExactCost.ZERO;
    for (UsageLine line : lines) {
      cost = cost.plus(line.quantity(), line.nanosPerMillion());
    }
    return new Rating(cost, List.copyOf(lines), null);
  }

  private static Rating unpriced(String why) {
    return new Rating(ExactCost.ZERO, List.of(), why);
  }
}
