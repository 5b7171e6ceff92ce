package io.tollgate.domain.identity;

import org.jspecify.annotations.Nullable;

/**
 * What is remembered for a day of an authorization that holds nothing: denied, or its hold has
 * ended, or only its release has come.
 *
 * @param requestDigest the content that was requested; null if only its release has come
 * @param release null if it was not released
 * @param permit null if it was not allowed
 * @param until the last time at which it is remembered, in epoch milliseconds
 */
public record AuthorizationRecord(
    @Nullable Long requestDigest, @Nullable Release release, @Nullable Permit permit, long until) {

  /**
   * The word of a gateway that an authorization is no longer needed.
   *
   * @param digest its content
   * @param settledUsage how many usage events it left behind; null: the hold ends at once
   */
  public record Release(long digest, @Nullable Long settledUsage) {}

  /** The same authorization, released. */
  public AuthorizationRecord with(Release released) {
    return new AuthorizationRecord(requestDigest, released, permit, until);
  }
}
