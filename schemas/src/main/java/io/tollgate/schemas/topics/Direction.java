package io.tollgate.schemas.topics;

/** Which way the records of a topic go, seen from Tollgate. */
public enum Direction {
  /** Written by others, read by Tollgate. */
  IN,
  /** Written by Tollgate for others. */
  OUT,
  /** Written and read by Tollgate; its records are nobody else's contract. */
  INTERNAL
}
