package io.tollgate.sandbox.demo.workload;

import io.tollgate.events.ModelPrices;
import io.tollgate.events.PriceRow;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What requests will cost, near enough to give accounts credit in proportion; the exact cost is the
 * pipeline's business.
 */
public final class PlannedPrices {

  private static final long MILLION = 1_000_000;

  private record Prices(long input, long output) {}

  private final Map<String, Prices> byModel = new HashMap<>();

  /**
   * @param priceList all that the workload's models cost
   * @param at time of the workload
   */
  public PlannedPrices(List<ModelPrices> priceList, Instant at) {
    for (ModelPrices prices : priceList) {
      Optional<Long> input = price(prices, "input", at);
      Optional<Long> output = price(prices, "output", at);
      if (input.isPresent() && output.isPresent()) {
        byModel.put(prices.getModel(), new Prices(input.get(), output.get()));
      }
    }
  }

  private static Optional<Long> price(ModelPrices prices, String meter, Instant at) {
    return prices.getRows().stream()
        .filter(row -> row.getMeter().equals(meter))
        .filter(row -> row.getServiceTier().equals("standard") && row.getMinInputTokens() == 0)
        .filter(row -> !row.getEffectiveFrom().isAfter(at))
        .max(Comparator.comparing(PriceRow::getEffectiveFrom))
        .map(PriceRow::getNanosPerMillion);
  }

  /** Whether a model has the prices that requests need. */
  boolean covers(String model) {
    return byModel.containsKey(model);
  }

  long nanos(String model, long inputTokens, long outputTokens) {
    Prices prices = byModel.get(model);
    if (prices == null) {
      throw new IllegalArgumentException("The price list has no model " + model);
    }
    return Math.multiplyExact(inputTokens, prices.input()) / MILLION
        + Math.multiplyExact(outputTokens, prices.output()) / MILLION;
  }
}
