package io.tollgate.simulator.year;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What is planned to happen: by time, at equal times in the order in which it was planned. */
final class Agenda {

  private record Plan(long time, long number, Runnable action) {}

  private final PriorityQueue<Plan> plans =
      new PriorityQueue<>(Comparator.comparingLong(Plan::time).thenComparingLong(Plan::number));
  private long planned;

  void at(long time, Runnable action) {
    plans.add(new Plan(time, planned++, action));
  }

  /** When the next action is planned; {@link Long#MAX_VALUE} if none is. */
  long nextTime() {
    Plan next = plans.peek();
    return next == null ? Long.MAX_VALUE : next.time();
  }

  void runNext() {
    plans.remove().action().run();
  }
}
