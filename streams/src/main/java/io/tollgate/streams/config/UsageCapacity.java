package io.tollgate.streams.config;

import java.time.Duration;

/**
 * How much usage one partition must remember to know every duplicate: its rate times the horizon.
 *
 * @param ratePerSecond events a second of one partition, averaged over the horizon
 * @param horizon how long usage is remembered
 */
record UsageCapacity(long ratePerSecond, Duration horizon) {

  /**
   * Bytes of heap for each remembered event: a slot of the index is 32 bytes, and just after it has
   * doubled, one slot in four is taken.
   */
  static final long BYTES_PER_EVENT = 128;

  /** Events that one partition can remember: the longest array, half of whose slots stay free. */
  static final long MAX_EVENTS = 1L << 27;

  long events() {
    return Math.multiplyExact(ratePerSecond, (horizon.toMillis() + 999) / 1000);
  }

  long bytes() {
    return Math.multiplyExact(events(), BYTES_PER_EVENT);
  }
}
