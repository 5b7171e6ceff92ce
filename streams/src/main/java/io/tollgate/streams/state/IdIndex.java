package io.tollgate.streams.state;

import io.tollgate.domain.identity.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Ids that are remembered, each with a number, by fingerprint: an open-addressing table of
 * primitives, at most half full, so 64 to 128 bytes an id, half as much again while it grows, and
 * one or two cache misses a look-up.
 */
public final class IdIndex {

  private static final int FIELDS = 4;
  private static final int HIGH = 0;
  private static final int LOW = 1;
  private static final int VALUE = 2;
  private static final int UNTIL = 3;

  /** In place of a time: the slot is free. */
  private static final long FREE = 0;

  private long[] table = new long[FIELDS * 1024];
  private int slots = 1024;
  private int size;

  /** Remembers it; what was remembered under the same fingerprint is replaced. */
  public void put(Fingerprint id, long value, long until) {
    if (2 * (size + 1) > slots) {
      grow();
    }
    int slot = find(id.high(), id.low());
    if (table[FIELDS * slot + UNTIL] == FREE) {
      size++;
    }
    set(slot, id.high(), id.low(), value, until);
  }

  /** The id's number; null if nothing is remembered at that time. */
  public @Nullable Long get(Fingerprint id, long at) {
    int slot = find(id.high(), id.low());
    long until = table[FIELDS * slot + UNTIL];
    return until == FREE || until < at ? null : table[FIELDS * slot + VALUE];
  }

  /** Forgets it, unless it has been remembered anew for longer than until. */
  public void remove(Fingerprint id, long until) {
    int slot = find(id.high(), id.low());
    long remembered = table[FIELDS * slot + UNTIL];
    if (remembered == FREE || remembered > until) {
      return;
    }
    size--;
    closeGap(slot);
  }

  public int size() {
    return size;
  }

  /** Moves later entries of the run back, so that no look-up ends at the gap. */
  private void closeGap(int gap) {
    int free = gap;
    int slot = next(gap);
    while (table[FIELDS * slot + UNTIL] != FREE) {
      int home = home(table[FIELDS * slot + HIGH]);
      if (((slot - home) & (slots - 1)) >= ((slot - free) & (slots - 1))) {
        System.arraycopy(table, FIELDS * slot, table, FIELDS * free, FIELDS);
        free = slot;
      }
      slot = next(slot);
    }
    set(free, 0, 0, 0, FREE);
  }

  private int find(long high, long low) {
    int slot = home(high);
    while (table[FIELDS * slot + UNTIL] != FREE
        && (table[FIELDS * slot + HIGH] != high || table[FIELDS * slot + LOW] != low)) {
      slot = next(slot);
    }
    return slot;
  }

  private int home(long high) {
    return (int) high & (slots - 1); // a fingerprint is uniform already
  }

  private int next(int slot) {
    return (slot + 1) & (slots - 1);
  }

  private void set(int slot, long high, long low, long value, long until) {
    table[FIELDS * slot + HIGH] = high;
    table[FIELDS * slot + LOW] = low;
    table[FIELDS * slot + VALUE] = value;
    table[FIELDS * slot + UNTIL] = until;
  }

  private void grow() {
    long[] old = table;
    slots = Math.multiplyExact(slots, 2);
    table = new long[Math.multiplyExact(FIELDS, slots)];
    for (int i = 0; i < old.length; i += FIELDS) {
      if (old[i + UNTIL] != FREE) {
        set(
            find(old[i + HIGH], old[i + LOW]),
            old[i + HIGH],
            old[i + LOW],
            old[i + VALUE],
            old[i + UNTIL]);
      }
    }
  }
}
