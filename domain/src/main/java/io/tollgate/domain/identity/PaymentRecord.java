package io.tollgate.domain.identity;

import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one payment for ever.
 *
 * @param digest the content that was credited
 * @param occurredAt the payment's own time
 * @param recordedAt when it was credited
 */
public record PaymentRecord(
    long digest,
    long amountNanos,
    long occurredAt,
    long recordedAt,
    @Nullable String rechargeId,
    @Nullable String cardFingerprint) {}
