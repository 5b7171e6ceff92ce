package io.tollgate.consumers;

/** Threads that run handlers, in a test something that runs them when told. */
interface Workers {

  /**
   * Runs a task after a delay, as soon as a thread is free, in the order in which tasks are due.
   */
  void run(Runnable task, long delayMillis);

  /** A clock in milliseconds that never goes back. */
  long millis();
}
