package io.tollgate.sandbox.demo.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Request sizes as conversations have them: most prompts are short, some very long, answers are
 * shorter than prompts, and now and then a request looks like one just before.
 */
public final class GeneratedSizes {

  // Log-normal: the medians, and how far the tails reach.
  private static final int MEDIAN_INPUT_TOKENS = 700;
  private static final double INPUT_SPREAD = 1.1;
  private static final int MEDIAN_OUTPUT_TOKENS = 140;
  private static final double OUTPUT_SPREAD = 0.9;
  private static final int MAX_TOKENS = 100_000;

  private static final int REPEATS_PERCENT = 3;
  private static final int REPEATS_AMONG_LAST = 50;

  private static final long MEAN_GAP_NANOS = 1_000_000;

  private GeneratedSizes() {}

  /** So many requests; the same for the same seed. */
  public static List<RequestSize> generate(int count, long seed) {
    Random random = new Random(seed);
    List<RequestSize> sizes = new ArrayList<>(count);
    long at = 0;
    for (int i = 0; i < count; i++) {
      sizes.add(next(random, at, sizes));
      // Exponential gaps: requests come in as independent customers send them.
      at += (long) (-MEAN_GAP_NANOS * StrictMath.log(1 - random.nextDouble()));
    }
    return sizes;
  }

  private static RequestSize next(Random random, long at, List<RequestSize> before) {
    int reach = Math.min(before.size(), REPEATS_AMONG_LAST);
    if (reach > 0 && random.nextInt(100) < REPEATS_PERCENT) {
      RequestSize repeated = before.get(before.size() - 1 - random.nextInt(reach));
      return new RequestSize(at, repeated.inputTokens(), repeated.outputTokens());
    }
    return new RequestSize(
        at,
        tokens(random, MEDIAN_INPUT_TOKENS, INPUT_SPREAD),
        tokens(random, MEDIAN_OUTPUT_TOKENS, OUTPUT_SPREAD));
  }

  private static long tokens(Random random, int median, double spread) {
    double drawn = median * StrictMath.exp(spread * random.nextGaussian());
    return Math.max(1, Math.min(MAX_TOKENS, (long) drawn));
  }
}
