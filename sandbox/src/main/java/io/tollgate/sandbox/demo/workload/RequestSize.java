package io.tollgate.sandbox.demo.workload;

/**
 * When a request comes, and how large it is.
 *
 * @param atNanos time since the first request, never going back
 */
public record RequestSize(long atNanos, long inputTokens, long outputTokens) {}
