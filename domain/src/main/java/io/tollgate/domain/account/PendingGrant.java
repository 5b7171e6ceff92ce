package io.tollgate.domain.account;

import io.tollgate.domain.effect.Effect.LotKind;

/** A grant that waits for its effectiveAt. */
record PendingGrant(
    String grantId, LotKind kind, long amount, int priority, long effectiveAt, long expiresAt) {}
