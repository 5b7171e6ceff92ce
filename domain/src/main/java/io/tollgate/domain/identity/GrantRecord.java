package io.tollgate.domain.identity;

import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one grant for ever.
 *
 * @param grantDigest the content that was granted; null if only its void has come
 * @param voidDigest the content of its void; null if it was not voided
 */
public record GrantRecord(@Nullable Long grantDigest, @Nullable Long voidDigest) {

  public static final GrantRecord NONE = new GrantRecord(null, null);
}
