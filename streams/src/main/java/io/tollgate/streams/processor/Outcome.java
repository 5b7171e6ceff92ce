package io.tollgate.streams.processor;

import io.tollgate.domain.Rejection;

/** What became of an event. */
sealed interface Outcome {

  /** It took effect. */
  record Applied() implements Outcome {}

  /** It had been decided before; nothing happened. */
  record Duplicate() implements Outcome {}

  /** It is refused; nothing happened. */
  record Refused(Rejection rejection) implements Outcome {}
}
