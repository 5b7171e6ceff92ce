package io.tollgate.streams.processor;

/** Hears of account tasks as they start, on the thread that runs them. */
@FunctionalInterface
public interface TaskListener {

  /** A task has its state and is about to process its first record. */
  void started(int partition, AccountTask task);

  /** Does not listen. */
  static TaskListener none() {
    return (partition, task) -> {};
  }
}
