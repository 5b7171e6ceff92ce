package io.tollgate.streams.app;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How an instance is, as of now.
 *
 * @param phase what it is doing
 * @param detail the same for a person, in a sentence
 * @param restoring changelog records still to be read, by changelog partition
 */
public record PipelineHealth(Phase phase, String detail, SortedMap<String, Long> restoring) {

  /** What an instance is doing. */
  public enum Phase {
    /** Not started, or the registry has not passed on all prices and policies yet. */
    STARTING,
    /** Tasks are being assigned, or their state is being restored: nothing is processed here. */
    RESTORING,
    /** Every task that is assigned here is processing. */
    RUNNING,
    /** Closed, or stopped by a fault. */
    STOPPED
  }

  public PipelineHealth {
    restoring = Collections.unmodifiableSortedMap(new TreeMap<>(restoring));
  }

  /** Whether leaving it alone is right: it works, or is about to. */
  public boolean live() {
    return phase != Phase.STOPPED;
  }

  /** Whether it processes what arrives. */
  public boolean ready() {
    return phase == Phase.RUNNING;
  }
}
