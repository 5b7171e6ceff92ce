package io.tollgate.sandbox.demo;

import io.tollgate.events.RejectionReason;
import java.time.Duration;
import java.util.Map;

/**
 * The outcome of a demo: what Kafka holds, beside what the workload knows it sent.
 *
 * @param expectedDuplicates requests that were repeated on purpose
 * @param expectedRejections requests that were broken on purpose
 * @param elapsed from the first request to the last decision
 */
record Summary(
    Books books,
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

  boolean holds() {
    return requestsHold()
        && books.rejectedOthers() == 0
        && books.ledgerCheck().holds()
        && books.ledgerCheck().lagging() == 0;
  }

  long requestsPerSecond() {
    return books.requests().sent() * 1000 / Math.max(1, elapsed.toMillis());
  }
}
