package io.tollgate.sandbox.demo;

import io.tollgate.events.AlertType;
import io.tollgate.events.BlockReason;
import io.tollgate.events.RejectionReason;
import java.util.Map;

/** What the pipeline's outputs say so far. */
record LiveCounts(
    long charged,
    long chargedNanos,
    Map<BlockReason, Long> blocked,
    Map<RejectionReason, Long> rejected,
    Map<AlertType, Long> alerts,
    long rechargesRequested,
    long rechargesPaid,
    long rechargedNanos) {

  /** How many requests are decided, duplicates left out: they have no output. */
  long decided() {
    return charged + Words.sum(blocked) + Words.sum(rejected);
  }
}
