package io.tollgate.sandbox.demo.workload;

/** When an account of the demo becomes a verified organisation. */
public enum Verification {
  FROM_THE_START,
  /** After half of the requests. */
  MIDWAY,
  NEVER
}
