package io.tollgate.domain.account;

import io.tollgate.domain.identity.AuthorizationRecord.Release;
import io.tollgate.domain.identity.Permit;
import org.jspecify.annotations.Nullable;

/**
 * Credit that is set aside for an ALLOWED authorization.
 *
 * @param digest the content of its request
 * @param lease whether it lives on after its first usage
 * @param nanos what it still holds
 * @param requestedAt the request's own time
 * @param openedAt rule time of the decision
 * @param endsAt when it ends by itself
 * @param settled how much accepted usage has named it
 * @param release null while no release waits for usage
 */
record Hold(
    String authorizationId,
    long digest,
    boolean lease,
    Permit permit,
    long nanos,
    long requestedAt,
    long openedAt,
    long endsAt,
    long settled,
    @Nullable Release release) {

  /** What is left of it after usage that cost so much. */
  Hold settledBy(long cost) {
    return new Hold(
        authorizationId,
        digest,
        lease,
        permit,
        nanos - Math.min(nanos, cost),
        requestedAt,
        openedAt,
        endsAt,
        settled + 1,
        release);
  }

  /** The same, released: it waits for the usage left behind, but not beyond that time. */
  Hold releasedUntil(Release released, long waitsUntil) {
    return new Hold(
        authorizationId,
        digest,
        lease,
        permit,
        nanos,
        requestedAt,
        openedAt,
        Math.min(endsAt, waitsUntil),
        settled,
        released);
  }

  /** Whether nothing more is to come: a request has its one usage, a release all that it left. */
  boolean isOver() {
    boolean used = !lease && settled > 0;
    boolean complete =
        release != null && (release.settledUsage() == null || settled >= release.settledUsage());
    return used || complete;
  }
}
