package io.tollgate.sandbox.demo.workload;

import java.util.Arrays;
import java.util.Random;

/** Draws ranks by Zipf's law: rank r, from 0, comes up in proportion to 1 / (r + 1)^exponent. */
final class ZipfDraw {

  private final double[] cumulative;

  ZipfDraw(int ranks, double exponent) {
    if (ranks < 1) {
      throw new IllegalArgumentException("There must be a rank to draw, not " + ranks);
    }
    cumulative = new double[ranks];
    double sum = 0;
    for (int rank = 0; rank < ranks; rank++) {
      // StrictMath gives the same draws on every machine.
      sum += 1 / StrictMath.pow(rank + 1, exponent);
      cumulative[rank] = sum;
    }
  }

  int draw(Random random) {
    int last = cumulative.length - 1;
    int found = Arrays.binarySearch(cumulative, random.nextDouble() * cumulative[last]);
    // Not found is the usual case, and gives the first rank above.
    return Math.min(last, found < 0 ? -found - 1 : found + 1);
  }
}
