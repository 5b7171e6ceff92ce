package io.tollgate.simulator;

import org.jspecify.annotations.Nullable;

/** One step of a simulation. */
public sealed interface SimulatorInput {

  /** When it happens, in epoch milliseconds. */
  long time();

  /** Nothing arrives; time passes. */
  record Advance(long time) implements SimulatorInput {}

  /**
   * A record arrives.
   *
   * @param topic name without prefix
   * @param value its bytes; null is a tombstone
   * @param warning why the value could not be written as a record of its type, and so is sent as
   *     the bytes that were given; null if it could
   */
  @SuppressWarnings("ArrayRecordComponent") // as opaque as on the wire; never compared
  record Arrival(
      String topic,
      long time,
      byte @Nullable [] key,
      byte @Nullable [] value,
      @Nullable String warning)
      implements SimulatorInput {}
}
