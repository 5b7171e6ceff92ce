package io.tollgate.sandbox.demo.workload;

/** How an account of the demo pays. */
public enum Funding {
  /** Buys less than it will need, and has more bought when that runs low. */
  AUTO_RECHARGE,
  /** The same, up to a limit a month. */
  LIMITED_RECHARGE,
  /** The same, but nobody hears from its card. */
  UNANSWERED_RECHARGE,
  /** Buys more than enough. */
  PREPAID,
  /** Buys too little, and has no recharge. */
  RUNS_DRY,
  /** Was given a part of what it needs, and buys the rest. */
  PROMOTIONAL
}
