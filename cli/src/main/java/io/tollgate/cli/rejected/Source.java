package io.tollgate.cli.rejected;

import io.tollgate.events.RejectedEvent;
import java.util.Comparator;

/**
 * Where a refused record is.
 *
 * @param topic without prefix
 */
record Source(String topic, int partition, long offset) implements Comparable<Source> {

  private static final Comparator<Source> ORDER =
      Comparator.comparing(Source::topic)
          .thenComparing(Source::partition)
          .thenComparing(Source::offset);

  static Source of(RejectedEvent rejection) {
    return new Source(
        rejection.getSourceTopic(), rejection.getSourcePartition(), rejection.getSourceOffset());
  }

  @Override
  public int compareTo(Source other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return "%s-%d@%d".formatted(topic, partition, offset);
  }
}
