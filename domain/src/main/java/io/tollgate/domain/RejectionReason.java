package io.tollgate.domain;

/** Why a record was refused without any effect. */
public enum RejectionReason {
  MALFORMED,
  UNDECODABLE,
  OVERFLOW,
  CONFLICTING_DUPLICATE,
  TOO_LATE,
  IN_THE_FUTURE,
  UNPRICED,
  CURRENCY_MISMATCH,
  OVER_REVERSAL,
  LIMIT_EXCEEDED,
  MISROUTED,
  QUARANTINED
}
