package io.tollgate.cli.verify;

import io.tollgate.cli.Console;
import java.time.Duration;
import java.util.Locale;

/** Tells on standard error how far a long run has come; short ones end without a word. */
final class Progress {

  private static final Duration ON_TERMINAL = Duration.ofMillis(500);
  private static final Duration IN_LOG = Duration.ofSeconds(10);
  // Asking the time for each of millions of records would slow them down.
  private static final int ASK_EVERY = 1024;

  private final Console console;
  private final long interval;
  private long lastTold = System.nanoTime();
  private boolean lineOpen;
  private int calls;

  Progress(Console console) {
    this.console = console;
    this.interval = (console.progress() ? ON_TERMINAL : IN_LOG).toNanos();
  }

  void at(long done, long total) {
    calls++;
    if (calls % ASK_EVERY != 0 || System.nanoTime() - lastTold < interval) {
      return;
    }
    lastTold = System.nanoTime();
    String line = String.format(Locale.ROOT, "%,d of about %,d records", done, total);
    if (console.progress()) {
      console.err().print("\r" + line);
      console.err().flush();
      lineOpen = true;
    } else {
      console.err().println(line);
    }
  }

  /** Removes what was rewritten in place. */
  void end() {
    if (lineOpen) {
      console.err().print("\r\u001B[K");
      console.err().flush();
    }
  }
}
