package io.tollgate.domain.identity;

/** Something that a decision adds to the memory. */
public sealed interface Remembered {

  /** Usage, until its time has passed. */
  record Usage(Fingerprint identity, long digest, long until) implements Remembered {}

  /** A payment, for ever. */
  record Payment(String paymentId, PaymentRecord payment) implements Remembered {}

  /** A grant, for ever. */
  record Grant(String grantId, GrantRecord grant) implements Remembered {}
}
