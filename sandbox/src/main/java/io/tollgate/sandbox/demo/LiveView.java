package io.tollgate.sandbox.demo;

import io.tollgate.cli.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/**
 * Shows on standard error where the demo stands: redrawn in place on a terminal, a line now and
 * then elsewhere.
 */
final class LiveView {

  private static final Duration LINE_EVERY = Duration.ofSeconds(5);
  // The narrowest terminal that is common; one column stays free, or some terminals wrap.
  private static final int WIDTH = 79;
  private static final String UP = "\u001B[%dA";
  private static final String CLEAR_LINE = "\u001B[K";
  private static final String CLEAR_BELOW = "\u001B[J";

  private final PrintWriter err;
  private final boolean terminal;
  private int drawn;
  private long lastLine = System.nanoTime();

  LiveView(Console console) {
    this.err = console.err();
    this.terminal = console.progress();
  }

  /** A step that takes a while, before there is anything to count. */
  void say(String message) {
    clear();
    err.println(message);
    err.flush();
  }

  void show(Progress progress) {
    if (terminal) {
      redraw(LiveFrame.lines(progress, WIDTH));
    } else if (System.nanoTime() - lastLine >= LINE_EVERY.toNanos()) {
      lastLine = System.nanoTime();
      err.println(LiveFrame.line(progress));
    }
  }

  /** Removes what was drawn. */
  void clear() {
    if (drawn > 0) {
      err.print(UP.formatted(drawn) + CLEAR_BELOW);
      err.flush();
      drawn = 0;
    }
  }

  private void redraw(List<String> lines) {
    // In one piece, so that it does not flicker.
    StringBuilder frame = new StringBuilder();
    if (drawn > 0) {
      frame.append(UP.formatted(drawn));
    }
    for (String line : lines) {
      frame.append(line).append(CLEAR_LINE).append('\n');
    }
    err.print(frame);
    err.flush();
    drawn = lines.size();
  }
}
