package io.tollgate.domain.event;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a call consumed, or is expected to: four disjoint token counts and any other metered units.
 *
 * @param inputTokens input tokens that were neither read from nor written to a cache
 * @param cachedInputTokens input tokens read from a cache
 * @param cacheWriteTokens input tokens written to a cache
 * @param outputTokens generated tokens
 * @param otherUnits quantity by meter name, for everything that is not a token
 */
public record Quantities(
    long inputTokens,
    long cachedInputTokens,
    long cacheWriteTokens,
    long outputTokens,
    Map<String, Long> otherUnits) {

  public static final String INPUT = "input";
  public static final String CACHED_INPUT = "cached_input";
  public static final String CACHE_WRITE = "cache_write";
  public static final String OUTPUT = "output";

  /** Receives one meter with its quantity. */
  @FunctionalInterface
  public interface MeterVisitor {
    /** Called once for each meter; returning false ends the visit. */
    boolean visit(String meter, long quantity);
  }

  /**
   * Visits the meters with a quantity above 0 in the order of a ledger entry's lines: input, cached
   * input, cache write, output, then the others by name.
   *
   * @return false if the visitor ended it
   */
  public boolean forEachUsed(MeterVisitor visitor) {
    if (!visit(INPUT, inputTokens, visitor)
        || !visit(CACHED_INPUT, cachedInputTokens, visitor)
        || !visit(CACHE_WRITE, cacheWriteTokens, visitor)
        || !visit(OUTPUT, outputTokens, visitor)) {
      return false;
    }
    if (otherUnits.isEmpty()) {
      return true;
    }
    SortedMap<String, Long> byName = new TreeMap<>(otherUnits);
    for (Map.Entry<String, Long> unit : byName.entrySet()) {
      if (!visit(unit.getKey(), unit.getValue(), visitor)) {
        return false;
      }
    }
    return true;
  }

  private static boolean visit(String meter, long quantity, MeterVisitor visitor) {
    return quantity <= 0 || visitor.visit(meter, quantity);
  }

  /**
   * The prompt's size, which selects the price band.
   *
   * @throws ArithmeticException if the sum exceeds a long
   */
  public long promptTokens() {
    return Math.addExact(Math.addExact(inputTokens, cachedInputTokens), cacheWriteTokens);
  }
}
