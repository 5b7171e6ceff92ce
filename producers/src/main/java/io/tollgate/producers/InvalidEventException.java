package io.tollgate.producers;

import io.tollgate.domain.Rejection;
import io.tollgate.events.RejectionReason;

/** An event that the pipeline would reject whenever it came; it was not sent. */
public final class InvalidEventException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final RejectionReason reason;

  InvalidEventException(String type, Rejection rejection) {
    super("%s: %s, %s".formatted(type, rejection.reason(), rejection.detail()));
    this.reason = RejectionReason.valueOf(rejection.reason().name());
  }

  /** The reason that its rejection would bear. */
  public RejectionReason reason() {
    return reason;
  }
}
