package io.tollgate.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** Tells on standard error how far a long run has come; short ones end without a word. */
public final class ProgressLine implements AutoCloseable {

  private static final Duration ON_TERMINAL = Duration.ofMillis(500);
  private static final Duration IN_LOG = Duration.ofSeconds(10);
  private static final String CLEAR = "\r\u001B[K";

  private final Console console;
  private final long interval;
  private long lastTold = System.nanoTime();
  private boolean lineOpen;

  public ProgressLine(Console console) {
    this.console = console;
    this.interval = (console.progress() ? ON_TERMINAL : IN_LOG).toNanos();
  }

  /** So many records of about so many. */
  public void at(long done, long total) {
    tell(() -> String.format(Locale.ROOT, "%,d of about %,d records", done, total));
  }

  /** Shows this if it is time to show something. */
  public void tell(Supplier<String> line) {
    if (System.nanoTime() - lastTold < interval) {
      return;
    }
    lastTold = System.nanoTime();
    if (console.progress()) {
      console.err().print(CLEAR + line.get());
      console.err().flush();
      lineOpen = true;
    } else {
      console.err().println(line.get());
    }
  }

  /** Removes what was rewritten in place. */
  @Override
  public void close() {
    if (lineOpen) {
      console.err().print(CLEAR);
      console.err().flush();
      lineOpen = false;
    }
  }
}
