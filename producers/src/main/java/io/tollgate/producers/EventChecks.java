package io.tollgate.producers;

import io.tollgate.domain.Rejection;
import io.tollgate.domain.Validation;
import io.tollgate.events.ModelAccessPolicy;
import io.tollgate.events.ModelPrices;
import io.tollgate.mapping.EventMapper;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The pipeline's own checks of what a record says, made before it is sent. */
final class EventChecks {

  private EventChecks() {}

  /**
   * Checks a record all of whose required fields have values.
   *
   * @throws InvalidEventException if the pipeline would reject it for what it says
   */
  static void check(SpecificRecord event) {
    Rejection rejection = rejection(event);
    if (rejection != null) {
      throw new InvalidEventException(event.getSchema().getName(), rejection);
    }
  }

  private static @Nullable Rejection rejection(SpecificRecord event) {
    if (event instanceof ModelPrices prices) {
      return Validation.of(EventMapper.modelPrices(prices));
    }
    if (event instanceof ModelAccessPolicy policy) {
      return Validation.of(EventMapper.accessPolicy(policy));
    }
    return EventMapper.accountEvent(event).map(Validation::of).orElse(null);
  }
}
