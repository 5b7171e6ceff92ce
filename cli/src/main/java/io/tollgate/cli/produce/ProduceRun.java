package io.tollgate.cli.produce;

import io.tollgate.cli.Console;
import io.tollgate.cli.ProgressLine;
import io.tollgate.cli.lines.LineReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Sends a whole input and waits for the last acknowledgement, telling how far it has come. Sends
 * from a thread of its own: one that waits for standard input cannot be asked to end.
 */
final class ProduceRun {

  private static final long LOOK_EVERY_MILLIS = 200;
  // For acknowledgements that are a moment away; whoever breaks off does not wait for a broker.
  private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(5);

  private final LineSender sender;
  private final Deliveries deliveries;
  private final BooleanSupplier stopped;

  ProduceRun(LineSender sender, Deliveries deliveries, BooleanSupplier stopped) {
    this.sender = sender;
    this.deliveries = deliveries;
    this.stopped = stopped;
  }

  /** Returns when everything is acknowledged or has failed, or soon after it is stopped. */
  void run(LineReader input, long fromLine, Console console)
      throws IOException, InterruptedException {
    ExecutorService thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread sending = new Thread(task, "tollgate-produce");
              sending.setDaemon(true);
              return sending;
            });
    try (ProgressLine progress = new ProgressLine(console)) {
      Future<?> sending =
          thread.submit(
              () -> {
                sender.send(input, fromLine);
                return null;
              });
      while (!stopped.getAsBoolean() && !isDone(sending)) {
        progress.tell(this::soFar);
      }
      awaitDeliveries(progress);
    } finally {
      thread.shutdownNow();
    }
  }

  private void awaitDeliveries(ProgressLine progress) throws InterruptedException {
    long lastWanted = System.nanoTime();
    while (!sender.awaitDeliveries(LOOK_EVERY_MILLIS)) {
      progress.tell(this::soFar);
      if (!stopped.getAsBoolean()) {
        lastWanted = System.nanoTime();
      } else if (System.nanoTime() - lastWanted > PATIENCE_AT_STOP.toNanos()) {
        return;
      }
    }
  }

  private static boolean isDone(Future<?> sending) throws InterruptedException, IOException {
    try {
      sending.get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw new IOException("cannot read the input: " + cause.getMessage(), cause);
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }

  private String soFar() {
    Deliveries.Report now = deliveries.report();
    return String.format(Locale.ROOT, "%,d sent, %,d acknowledged", now.sent(), now.acknowledged());
  }
}
