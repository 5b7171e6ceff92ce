package io.tollgate.streams.processor;

import io.tollgate.domain.effect.Effect;

/** Where a task's words go. */
@FunctionalInterface
interface Outbox {

  /** Tells the world of an effect, at the rule time it had. */
  void emit(Effect effect, long time);
}
