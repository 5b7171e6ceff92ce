package io.tollgate.consumers.gate;

import io.tollgate.events.BlockReason;
import org.jspecify.annotations.Nullable;

/**
 * Whether a call may go ahead.
 *
 * @param reason why it may not; null if it may
 * @param remedy what happened and what to do, for people; null if it may
 * @param policyId the policy that stands in the way; null if none does
 */
public record AccessDecision(
    @Nullable BlockReason reason, @Nullable String remedy, @Nullable String policyId) {

  /** The call may go ahead. */
  public static final AccessDecision ALLOWED = new AccessDecision(null, null, null);

  static AccessDecision denied(BlockReason reason, String remedy) {
    return new AccessDecision(reason, remedy, null);
  }

  /** Whether the call may go ahead. */
  public boolean isAllowed() {
    return reason == null;
  }
}
