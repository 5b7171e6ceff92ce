package io.tollgate.producers.adapters;

import org.jspecify.annotations.Nullable;

/**
 * Knows whose payment it was. Refunds and disputes name their payment, and have no metadata of it.
 */
@FunctionalInterface
public interface AccountLookup {

  /** The account that a payment was for; null if the payment is not known. */
  @Nullable String accountOf(String paymentId);
}
