package io.tollgate.consumers;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A fixed number of threads. */
final class WorkerThreads implements Workers {

  private final ScheduledThreadPoolExecutor threads;

  WorkerThreads(int count, String name) {
    threads =
        new ScheduledThreadPoolExecutor(
            count,
            task -> {
              Thread thread = new Thread(task, name);
              // A handler that ignores its interruption must not keep the process up.
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public void run(Runnable task, long delayMillis) {
    try {
      var unused = threads.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // They have been stopped: whoever gets the partition next goes on.
      return;
    }
  }

  @Override
  public long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  /** Interrupts what runs, and runs nothing more. */
  void stop() {
    threads.shutdownNow();
  }
}
