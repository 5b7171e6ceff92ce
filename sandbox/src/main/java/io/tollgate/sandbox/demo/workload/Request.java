package io.tollgate.sandbox.demo.workload;

import java.util.List;

/**
 * One request of the workload, which is sent as one usage record.
 *
 * @param number its place in the workload, from 0
 * @param eventId identity; a retry and a conflict have that of an earlier request
 * @param atNanos time since the first request
 */
public record Request(
    int number,
    String eventId,
    String accountId,
    String model,
    List<String> capabilities,
    long inputTokens,
    long outputTokens,
    Form form,
    long atNanos) {}
