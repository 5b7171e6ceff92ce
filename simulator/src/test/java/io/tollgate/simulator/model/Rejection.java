package io.tollgate.simulator.model;

/** A refusal of a whole record, with the reason that its RejectedEvent bears. */
final class Rejection extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  Rejection(String reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
