package io.tollgate.sandbox.demo;

import io.tollgate.events.BlockReason;
import io.tollgate.events.RejectionReason;
import java.util.Map;

/**
 * What became of the requests that were sent.
 *
 * @param sent records of usage in Kafka
 * @param duplicates those without effect, since an earlier one has the same id
 * @param unaccounted those of which nothing tells what became of them
 * @param surplus outputs that belong to no request, or to one that has another
 */
record RequestFates(
    long sent,
    long charged,
    Map<BlockReason, Long> blocked,
    Map<RejectionReason, Long> rejected,
    long duplicates,
    long unaccounted,
    long surplus) {

  /** Whether each request has one fate. */
  boolean isExactlyOnce() {
    return unaccounted == 0
        && surplus == 0
        && sent == charged + Words.sum(blocked) + Words.sum(rejected) + duplicates;
  }
}
