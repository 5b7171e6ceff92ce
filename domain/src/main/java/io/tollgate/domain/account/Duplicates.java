package io.tollgate.domain.account;

import io.tollgate.domain.Rejection;
import io.tollgate.domain.RejectionReason;

/** What becomes of a record whose identity has been decided before. */
final class Duplicates {

  private Duplicates() {}

  static Decision of(long seen, long digest, String what) {
    return seen == digest
        ? new Decision.Duplicate()
        : new Decision.Rejected(
            new Rejection(
                RejectionReason.CONFLICTING_DUPLICATE,
                what + " was taken before with other content; send new facts under a new id"));
  }
}
