package io.tollgate.domain.identity;

import org.jspecify.annotations.Nullable;

/** What has been decided before, as the rules ask for it. */
public interface Memory {

  /** Content of the usage with this identity; null if none is remembered at that time. */
  @Nullable Long usage(Fingerprint identity, long at);

  /** Null for a payment nobody has heard of. */
  @Nullable PaymentRecord payment(String accountId, String paymentId);

  /** Null for a grant nobody has heard of. */
  @Nullable GrantRecord grant(String accountId, String grantId);
}
