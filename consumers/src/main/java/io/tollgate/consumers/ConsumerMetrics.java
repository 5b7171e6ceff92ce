package io.tollgate.consumers;

import java.time.Duration;

/**
 * What an {@link EventConsumer} has done since its start, and how far behind it is.
 *
 * @param handled events whose handler returned
 * @param retried failures of handlers that led to another attempt
 * @param deadLettered records that went to the dead-letter topic
 * @param partitions partitions that it has now
 * @param lag records of these partitions that are not handled yet
 * @param longestCall how long the longest call of a handler has been running; zero if none is. A
 *     handler that hangs holds its partition for ever, so this is worth an alarm.
 */
public record ConsumerMetrics(
    long handled,
    long retried,
    long deadLettered,
    int partitions,
    long lag,
    Duration longestCall) {}
