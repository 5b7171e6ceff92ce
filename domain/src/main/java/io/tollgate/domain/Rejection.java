package io.tollgate.domain;

/**
 * A refusal with its reason.
 *
 * @param detail what was wrong and what to do, for a person; never holds keys, hashes or card data
 */
public record Rejection(RejectionReason reason, String detail) {}
