package io.tollgate.cli.produce;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What became of each line so far. All methods may be called from any thread. */
final class Deliveries {

  /** Enough to see what is wrong; a broken file may have millions. */
  static final int SHOWN = 20;

  /** A line that is not in Kafka, as far as is known. */
  record Failure(long line, String reason) {}

  /**
   * The sums.
   *
   * @param records lines that hold a record, all of them: sent or refused
   * @param timeLines lines that only let time pass, and were passed over
   * @param acknowledged records that Kafka has
   * @param refused lines that could not be sent
   * @param undelivered records that were sent, and may or may not be in Kafka
   * @param firstFailures the first that were refused or are undelivered, in the order in which it
   *     was found
   * @param firstUndelivered the lowest line that is undelivered
   */
  record Report(
      long records,
      long timeLines,
      long sent,
      long acknowledged,
      long refused,
      long undelivered,
      List<Failure> firstFailures,
      OptionalLong firstUndelivered) {}

  private final TreeSet<Long> inFlight = new TreeSet<>();
  private final List<Failure> firstFailures = new ArrayList<>();
  private long timeLines;
  private long sent;
  private long acknowledged;
  private long refused;
  private long lost;
  private long firstLost = Long.MAX_VALUE;
  private @Nullable Throwable firstCause;

  /** The line lets time pass, which it does by itself. */
  synchronized void passOver() {
    timeLines++;
  }

  /** The line holds nothing that could be sent. */
  synchronized void refuse(long line, String reason) {
    refused++;
    note(line, reason);
  }

  /** The line's record is on its way. */
  synchronized void send(long line) {
    sent++;
    inFlight.add(line);
  }

  /** Kafka has the line's record. */
  synchronized void acknowledge(long line) {
    acknowledged++;
    inFlight.remove(line);
  }

  /** Kafka did not confirm the line's record; it may have it nevertheless. */
  synchronized void fail(long line, Throwable cause) {
    inFlight.remove(line);
    lost++;
    firstLost = Math.min(firstLost, line);
    if (firstCause == null) {
      firstCause = cause;
    }
    note(line, String.valueOf(cause.getMessage()));
  }

  private void note(long line, String reason) {
    if (firstFailures.size() < SHOWN) {
      firstFailures.add(new Failure(line, reason));
    }
  }

  /** Why the first record was not confirmed; null if none failed. */
  synchronized @Nullable Throwable firstCause() {
    return firstCause;
  }

  /** The sums by now; records that are still on their way count as undelivered. */
  synchronized Report report() {
    long first = inFlight.isEmpty() ? firstLost : Math.min(firstLost, inFlight.first());
    long undelivered = lost + inFlight.size();
    return new Report(
        sent + refused,
        timeLines,
        sent,
        acknowledged,
        refused,
        undelivered,
        List.copyOf(firstFailures),
        undelivered == 0 ? OptionalLong.empty() : OptionalLong.of(first));
  }
}
