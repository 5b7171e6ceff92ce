package io.tollgate.cli.rejected;

import io.tollgate.events.RejectedEvent;
import io.tollgate.events.RejectionReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Rejections by number, and the newest of them. */
final class Rejections {

  private static final Comparator<RejectedEvent> OLDEST_FIRST =
      Comparator.comparing(RejectedEvent::getRejectedAt)
          .thenComparing(RejectedEvent::getSourceTopic)
          .thenComparing(RejectedEvent::getSourcePartition)
          .thenComparing(RejectedEvent::getSourceOffset);

  private final int limit;
  private final PriorityQueue<RejectedEvent> newest = new PriorityQueue<>(OLDEST_FIRST);
  private final Map<RejectionReason, Long> counts = new EnumMap<>(RejectionReason.class);

  /** Of so many at most all is kept. */
  Rejections(int limit) {
    this.limit = limit;
  }

  void add(RejectedEvent rejection) {
    counts.merge(rejection.getReason(), 1L, Long::sum);
    newest.add(rejection);
    if (newest.size() > limit) {
      newest.remove();
    }
  }

  /** Oldest first. */
  List<RejectedEvent> newest() {
    List<RejectedEvent> sorted = new ArrayList<>(newest);
    sorted.sort(OLDEST_FIRST);
    return sorted;
  }

  /** All of them, by reason. */
  Map<RejectionReason, Long> counts() {
    return counts;
  }

  long count() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
