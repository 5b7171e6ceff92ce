package io.tollgate.domain.account;

/**
 * Where and when a record was processed.
 *
 * @param topic name without prefix
 * @param recordTime when it arrived, in epoch milliseconds
 * @param latestTime the latest record time of its partition so far, itself included
 */
public record Arrival(String topic, int partition, long offset, long recordTime, long latestTime) {}
