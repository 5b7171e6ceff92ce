package io.tollgate.sandbox.demo.workload;

import io.tollgate.events.RejectionReason;
import org.jspecify.annotations.Nullable;

/** The form in which a request is sent: as it should be, again, or broken. */
public enum Form {
  VALID(null),
  /** Once more what was sent before: same id, same content. */
  RETRY(null),
  /** The id of an earlier request with other content. */
  CONFLICT(RejectionReason.CONFLICTING_DUPLICATE),
  /** Fewer than no tokens. */
  NEGATIVE(RejectionReason.MALFORMED),
  /** A model that has no price. */
  UNKNOWN_MODEL(RejectionReason.UNPRICED),
  /** Half of the bytes. */
  TRUNCATED(RejectionReason.UNDECODABLE),
  /** Under another account's key. */
  MISKEYED(RejectionReason.MISROUTED);

  private final @Nullable RejectionReason rejection;

  Form(@Nullable RejectionReason rejection) {
    this.rejection = rejection;
  }

  /** What it is rejected for; null if it is not. */
  public @Nullable RejectionReason rejection() {
    return rejection;
  }
}
