package io.tollgate.consumers.gate;

import io.tollgate.events.BlockReason;
import org.jspecify.annotations.Nullable;

/**
 * Whether a call may go ahead.
 *
 * @param reason why it may not; null if it may
 * @param remedy what happened and what to do, for people; null if it may
 * @param policyId the policy that stands in the way; null if none does
 * @param retryable whether the credit may be there in a moment: other calls hold it, or it is not
 *     reserved yet
 */
public record AccessDecision(
    @Nullable BlockReason reason,
    @Nullable String remedy,
    @Nullable String policyId,
    boolean retryable) {

  /** The call may go ahead. */
  public static final AccessDecision ALLOWED = new AccessDecision(null, null, null, false);

  static AccessDecision denied(BlockReason reason, String remedy) {
    return new AccessDecision(reason, remedy, null, false);
  }

  static AccessDecision deniedForNow(String remedy) {
    return new AccessDecision(BlockReason.INSUFFICIENT_CREDIT, remedy, null, true);
  }

  /** Whether the call may go ahead. */
  public boolean isAllowed() {
    return reason == null;
  }
}
