package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What every model costs, and which model a name means (§4). */
final class PriceBook {
  private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

  private final Map<String, JsonNode> models = new TreeMap<>();

  void put(String model, @Nullable JsonNode prices) {
    if (prices == null) {
      models.remove(model);
    } else {
      models.put(model, prices);
    }
  }

  /** The model that a name means: an own name beats an alias; a name nobody knows means itself. */
  String resolve(String name) {
    if (models.containsKey(name)) {
      return name;
    }
    for (Map.Entry<String, JsonNode> model : models.entrySet()) {
      if (Fields.texts(model.getValue(), "aliases").contains(name)) {
        return model.getKey();
      }
    }
    return name;
  }

  /**
   * The exact price of the quantities in an event, or null where the model or a used meter has no
   * row.
   */
  @Nullable Price price(JsonNode event, long at) {
    JsonNode prices = models.get(resolve(Fields.text(event, "model")));
    if (prices == null || prices.path("rows").isEmpty()) {
      return null;
    }
    List<Line> lines = new ArrayList<>();
    BigInteger exact = BigInteger.ZERO;
    for (Map.Entry<String, Long> used : quantities(event).entrySet()) {
      JsonNode row = row(prices, used.getKey(), event, at);
      if (row == null) {
        return null;
      }
      Line line = new Line(used.getKey(), used.getValue(), Fields.number(row, "nanosPerMillion"));
      lines.add(line);
      exact = exact.add(line.exact());
    }
    return new Price(lines, exact);
  }

  private static @Nullable JsonNode row(JsonNode prices, String meter, JsonNode event, long at) {
    BigInteger prompt = promptTokens(event);
    JsonNode best = null;
    for (JsonNode row : prices.path("rows")) {
      long band = Fields.number(row, "minInputTokens");
      boolean fits =
          Fields.text(row, "meter").equals(meter)
              && Fields.text(row, "serviceTier").equals(Fields.text(event, "serviceTier"))
              && Fields.time(row, "effectiveFrom") <= at
              && (band == 0 || BigInteger.valueOf(band).compareTo(prompt) < 0);
      if (fits && (best == null || beats(row, best))) {
        best = row;
      }
    }
    return best;
  }

  private static boolean beats(JsonNode row, JsonNode best) {
    long band = Fields.number(row, "minInputTokens");
    long bestBand = Fields.number(best, "minInputTokens");
    return band > bestBand
        || (band == bestBand
            && Fields.time(row, "effectiveFrom") >= Fields.time(best, "effectiveFrom"));
  }

  private static BigInteger promptTokens(JsonNode event) {
    return BigInteger.valueOf(Fields.number(event, "inputTokens"))
        .add(BigInteger.valueOf(Fields.number(event, "cachedInputTokens")))
        .add(BigInteger.valueOf(Fields.number(event, "cacheWriteTokens")));
  }

  /** The meters with a quantity above 0, in the order of ledger lines. */
  private static Map<String, Long> quantities(JsonNode event) {
    Map<String, Long> all = new LinkedHashMap<>();
    all.put("input", Fields.number(event, "inputTokens"));
    all.put("cached_input", Fields.number(event, "cachedInputTokens"));
    all.put("cache_write", Fields.number(event, "cacheWriteTokens"));
    all.put("output", Fields.number(event, "outputTokens"));
    all.putAll(Fields.quantitiesByName(event, "otherUnits"));
    all.values().removeIf(quantity -> quantity == 0);
    return all;
  }

  /** One priced meter. */
  record Line(String meter, long quantity, long nanosPerMillion) {
    BigInteger exact() {
      return BigInteger.valueOf(quantity).multiply(BigInteger.valueOf(nanosPerMillion));
    }
  }

  /**
   * A cost.
   *
   * @param exact in millionths of a nano
   */
  record Price(List<Line> lines, BigInteger exact) {
    /** Whole nanos with the fraction that the account carries. */
    long nanosWith(long carry) {
      return exact.add(BigInteger.valueOf(carry)).divide(MILLION).longValueExact();
    }

    long carryAfter(long carry) {
      return exact.add(BigInteger.valueOf(carry)).mod(MILLION).longValueExact();
    }

    long nanosRoundedUp() {
      return exact.add(MILLION).subtract(BigInteger.ONE).divide(MILLION).longValueExact();
    }
  }
}
