package io.tollgate.sandbox.demo;

import io.tollgate.events.RejectionReason;
import java.time.Duration;
import java.util.Map;

/**
 * The outcome of a demo: what Kafka holds, beside what the workload knows it sent.
 *
 * @param cards what the provider charged, as it knows itself
 * @param expectedDuplicates requests that were repeated on purpose
 * @param expectedRejections requests that were broken on purpose
 * @param elapsed from the first request to the last decision
 */
record Summary(
    Books books,
    SimulatedCards.Charged cards,
    long expectedRequests,
    long expectedDuplicates,
    Map<RejectionReason, Long> expectedRejections,
    int accounts,
    long seed,
    Duration elapsed) {

  /**
   * Whether each request has one fate, and every broken or repeated one that which it must have.
   */
  boolean requestsHold() {
    RequestFates requests = books.requests();
    return requests.isExactlyOnce()
        && requests.sent() == expectedRequests
        && requests.duplicates() == expectedDuplicates
        && requests.rejected().equals(expectedRejections);
  }

  /**
   * Whether each charge at the provider is one recharge that the ledger credits, and the reverse.
   */
  boolean chargesHold() {
    return cards.count() == books.recharges().succeeded()
        && cards.nanos() == books.rechargedNanos();
  }

  boolean holds() {
    return requestsHold()
        && chargesHold()
        && books.rejectedOthers() == 0
        && books.ledgerCheck().holds()
        && books.ledgerCheck().lagging() == 0;
  }

  long requestsPerSecond() {
    return books.requests().sent() * 1000 / Math.max(1, elapsed.toMillis());
  }
}
