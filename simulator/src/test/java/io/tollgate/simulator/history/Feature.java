package io.tollgate.simulator.history;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** A part of the contract that a random history may exercise. */
public enum Feature {
  USAGE,
  PURCHASES,
  GRANTS,
  GATE,
  SUSPENSION,
  ALERT_LEVELS,
  OVERDRAFT,
  RECHARGE,
  DECLINES,
  REVERSALS,
  TRIALS,
  IDENTITY_CLAIMS,
  AUTHORIZATIONS,
  SPEND_LIMITS,
  REFUND_DECISIONS;

  /** The main job: usage and purchases in, balances, recharge triggers and blocks out. */
  public static Set<Feature> mainJob() {
    return Collections.unmodifiableSet(EnumSet.range(USAGE, RECHARGE));
  }

  /** Everything. */
  public static Set<Feature> all() {
    return Collections.unmodifiableSet(EnumSet.allOf(Feature.class));
  }
}
