package io.tollgate.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Turns Ctrl-C and SIGTERM into a request, so that a command can end in order and with an exit code
 * of its own. Without it the JVM would end while the command is still at work.
 */
public final class StopSignal implements AutoCloseable {

  /** What shells expect of a command that Ctrl-C broke off. */
  public static final int INTERRUPTED = 130;

  // Longer than a pipeline and a broker take to close; whoever is more impatient kills.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private final AtomicInteger exitCode = new AtomicInteger(INTERRUPTED);
  private final Thread hook = new Thread(this::stop, "tollgate-stop");

  private StopSignal() {}

  /** Listens from now on, until it is closed. */
  public static StopSignal install() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  /** Whether somebody asked the process to end. */
  public boolean isRequested() {
    return requested.getCount() == 0;
  }

  /** Waits until somebody does, or {@link #request()} is called. */
  public void await() throws InterruptedException {
    requested.await();
  }

  /** Asks the command to end, from inside. */
  public void request() {
    requested.countDown();
  }

  /** What the process returns if it was asked to end. To be called before this is closed. */
  public void endWith(int code) {
    exitCode.set(code);
  }

  /** The command is done: if it was asked to end, the process ends now. */
  @Override
  public void close() {
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending already; the hook runs, and ends it.
      return;
    }
  }

  private void stop() {
    requested.countDown();
    try {
      if (!finished.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      return;
    }
    // Past the hooks of libraries: everything is closed, and the code is ours.
    Runtime.getRuntime().halt(exitCode.get());
  }
}
