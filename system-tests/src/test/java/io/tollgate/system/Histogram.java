package io.tollgate.system;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How long each of some things took, in nanoseconds. */
final class Histogram {

  private final List<Long> nanos = new ArrayList<>();

  void add(long took) {
    nanos.add(took);
  }

  int count() {
    return nanos.size();
  }

  /** Milliseconds, by nearest rank. */
  @Override
  public String toString() {
    Collections.sort(nanos);
    return "%d samples, ms: p50 %d, p90 %d, p99 %d, max %d"
        .formatted(count(), percentile(50), percentile(90), percentile(99), percentile(100));
  }

  private long percentile(int percent) {
    int rank = (nanos.size() * percent + 99) / 100;
    return TimeUnit.NANOSECONDS.toMillis(nanos.get(Math.max(1, rank) - 1));
  }
}
