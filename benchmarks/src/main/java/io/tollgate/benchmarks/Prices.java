package io.tollgate.benchmarks;

import io.tollgate.events.ModelPrices;
import io.tollgate.prices.PriceListCsv;

/** The prices that come with Tollgate. */
public final class Prices {

  private Prices() {}

  /** Those of one model. */
  public static ModelPrices of(String model) {
    return PriceListCsv.builtIn().stream()
        .filter(prices -> prices.getModel().equals(model))
        .findFirst()
        .orElseThrow();
  }
}
