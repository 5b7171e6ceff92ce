package io.tollgate.producers;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Mints ids of events: UUIDs of version 7 (RFC 9562), so that ids of one time lie together.
 *
 * <p>An id is 48 bits of epoch milliseconds, a counter of 12 bits and 62 random bits. Each id is
 * greater than the one before, also as text, also within a millisecond and when the clock goes
 * back; more than 4,096 a millisecond borrow from the milliseconds to come.
 */
final class EventIds {

  private static final int COUNTER_BITS = 12;
  private static final long COUNTER_MASK = (1L << COUNTER_BITS) - 1;
  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 1L << 63;
  private static final long RANDOM_MASK = (1L << 62) - 1;

  private final InstantSource clock;
  // Two ids that meet are a call that nobody pays for, so no generator with 48 bits of seed.
  private final SecureRandom random = new SecureRandom();
  private final AtomicLong last = new AtomicLong(Long.MIN_VALUE);

  EventIds(InstantSource clock) {
    this.clock = clock;
  }

  String next() {
    long now = clock.millis() << COUNTER_BITS;
    long timeAndCounter = last.updateAndGet(before -> before < now ? now : before + 1);
    long time = timeAndCounter >>> COUNTER_BITS;
    long high = (time << 16) | VERSION_7 | (timeAndCounter & COUNTER_MASK);
    return new UUID(high, VARIANT | (random.nextLong() & RANDOM_MASK)).toString();
  }
}
