package io.tollgate.consumers;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Workers without threads: tasks run, and time passes, when a test says so. */
final class Tasks implements Workers {

  private record Task(Runnable task, long due, int number) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::due).thenComparingInt(Task::number));
  private int count;
  private long now;

  @Override
  public void run(Runnable task, long delayMillis) {
    tasks.add(new Task(task, now + delayMillis, count++));
  }

  @Override
  public long millis() {
    return now;
  }

  void advance(long millis) {
    now += millis;
  }

  boolean isDue() {
    return !tasks.isEmpty() && tasks.peek().due() <= now;
  }

  void runOne() {
    tasks.remove().task().run();
  }

  void runAll() {
    while (isDue()) {
      runOne();
    }
  }
}
