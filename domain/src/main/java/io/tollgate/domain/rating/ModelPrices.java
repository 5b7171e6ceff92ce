package io.tollgate.domain.rating;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one model costs, and under which other names it is called. */
public record ModelPrices(String model, List<String> aliases, List<PriceRow> rows) {

  public ModelPrices {
    aliases = List.copyOf(aliases);
    rows = List.copyOf(rows);
  }

  /**
   * The row that prices a meter: of the rows in effect, the highest band that the prompt exceeds;
   * of those the latest, and of equals the last published. A band re-prices the whole request.
   */
  @Nullable PriceRow rowFor(String meter, String serviceTier, long promptTokens, long at) {
    PriceRow best = null;
    for (PriceRow row : rows) {
      if (row.effectiveFrom() <= at
          && row.meter().equals(meter)
          && row.serviceTier().equals(serviceTier)
          && (row.minInputTokens() == 0 || row.minInputTokens() < promptTokens)
          && (best == null || !isBetter(best, row))) {
        best = row;
      }
    }
    return best;
  }

  /** The rows of a tier that price some call at that time, each once. */
  public List<PriceRow> inEffect(String serviceTier, long at) {
    Set<PriceRow> inEffect = new LinkedHashSet<>();
    for (PriceRow row : rows) {
      if (row.minInputTokens() < Long.MAX_VALUE) { // no prompt is above that
        long smallest = row.minInputTokens() == 0 ? 0 : row.minInputTokens() + 1;
        PriceRow used = rowFor(row.meter(), serviceTier, smallest, at);
        if (used != null) {
          inEffect.add(used);
        }
      }
    }
    return List.copyOf(inEffect);
  }

  /** The rows of a tier whose time is still to come. */
  public List<PriceRow> announced(String serviceTier, long at) {
    return rows.stream()
        .filter(row -> row.effectiveFrom() > at && row.serviceTier().equals(serviceTier))
        .toList();
  }

  private static boolean isBetter(PriceRow a, PriceRow b) {
    return a.minInputTokens() != b.minInputTokens()
        ? a.minInputTokens() > b.minInputTokens()
        : a.effectiveFrom() > b.effectiveFrom();
  }
}
