package io.tollgate.domain.account;

import io.tollgate.domain.Rejection;
import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.UtcCalendar;
import org.jspecify.annotations.Nullable;

/**
 * The times at which a record may say that it happened: not before what is remembered, so that no
 * second copy slips past, and hardly ahead of its arrival.
 */
final class Window {

  private Window() {}

  /**
   * Null if the time is inside.
   *
   * @param what the record is, for people
   * @param arrivedAt the latest time of its partition
   * @param memory how long such records are remembered
   */
  static @Nullable Rejection check(
      String what, long ownTime, long arrivedAt, long memory, long futureTolerance) {
    if (ownTime < arrivedAt - memory) {
      return new Rejection(
          RejectionReason.TOO_LATE,
          "it says %s; %s is taken for %d days"
              .formatted(UtcCalendar.text(ownTime), what, memory / UtcCalendar.DAY_MILLIS));
    }
    if (ownTime > arrivedAt + futureTolerance) {
      return new Rejection(
          RejectionReason.IN_THE_FUTURE,
          "it says %s, too far ahead of its arrival; check the producer's clock"
              .formatted(UtcCalendar.text(ownTime)));
    }
    return null;
  }
}
