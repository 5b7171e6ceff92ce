package io.tollgate.domain.identity;

import io.tollgate.domain.effect.Effect.Cause;
import io.tollgate.domain.event.AccountEvent.Reversal;

/**
 * A refund or dispute with the coordinates at which it was reported: what is kept of one that comes
 * before its payment.
 */
public record WaitingReversal(Reversal reversal, Cause cause) {}
