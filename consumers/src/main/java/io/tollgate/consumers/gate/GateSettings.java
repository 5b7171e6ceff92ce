package io.tollgate.consumers.gate;

import io.tollgate.consumers.ConsumerSettings;
import java.time.Duration;
import java.util.function.IntPredicate;

/**
 * What an {@link AccessGate} needs to know.
 *
 * @param kafka brokers, topic names and security; threads, retries and dead letters mean nothing
 *     here
 * @param leaseNanos how much credit a lease asks for, in nano-units of the account's currency:
 *     enough for a few calls, as no other gateway can use it meanwhile
 * @param leaseDuration how long a lease lasts if it is not renewed
 * @param leaseMargin how long before its end a lease serves no more: for clocks that differ, and
 *     for calls to end
 * @param patience how long a call that finds no lease waits for one
 * @param allowanceNanos how much an account may use without a lease, when none has come in time or
 *     Kafka is away; 0: nothing. It is usage beyond any hold, so it bounds what one account can owe
 *     at each gateway.
 * @param partitions which partitions of accounts this gateway serves; calls of other accounts are
 *     denied
 */
public record GateSettings(
    ConsumerSettings kafka,
    long leaseNanos,
    Duration leaseDuration,
    Duration leaseMargin,
    Duration patience,
    long allowanceNanos,
    IntPredicate partitions) {

  private static final long DEFAULT_LEASE_NANOS = 1_000_000_000;

  /** Checks that the numbers make sense. */
  public GateSettings {
    if (leaseNanos < 1) {
      throw new IllegalArgumentException("A lease needs an amount, not " + leaseNanos);
    }
    if (leaseMargin.isNegative() || leaseMargin.compareTo(leaseDuration) >= 0) {
      throw new IllegalArgumentException(
          "A lease of %s with a margin of %s would never serve"
              .formatted(leaseDuration, leaseMargin));
    }
    if (patience.isNegative()) {
      throw new IllegalArgumentException("The patience is negative: " + patience);
    }
    if (allowanceNanos < 0) {
      throw new IllegalArgumentException("The allowance is negative: " + allowanceNanos);
    }
  }

  /**
   * Leases of 1 unit of the currency for 10 minutes, a margin of 15 seconds, a second's patience,
   * no call without a lease, all accounts.
   *
   * @param name the gateway's name
   */
  public static GateSettings of(String bootstrapServers, String name) {
    return new GateSettings(
        ConsumerSettings.of(bootstrapServers, name),
        DEFAULT_LEASE_NANOS,
        Duration.ofMinutes(10),
        Duration.ofSeconds(15),
        Duration.ofSeconds(1),
        0,
        partition -> true);
  }

  /** These settings with another topic prefix. */
  public GateSettings withTopicPrefix(String prefix) {
    return with(kafka.withTopicPrefix(prefix));
  }

  /** These settings with one more property of the Kafka consumer. */
  public GateSettings withKafkaProperty(String name, String value) {
    return with(kafka.withKafkaProperty(name, value));
  }

  /** These settings with other leases. */
  public GateSettings withLeases(long nanos, Duration duration, Duration margin) {
    return new GateSettings(kafka, nanos, duration, margin, patience, allowanceNanos, partitions);
  }

  /** These settings with another patience. */
  public GateSettings withPatience(Duration duration) {
    return new GateSettings(
        kafka, leaseNanos, leaseDuration, leaseMargin, duration, allowanceNanos, partitions);
  }

  /** These settings with calls that may go ahead without a lease, up to an amount per account. */
  public GateSettings allowingUpTo(long nanos) {
    return new GateSettings(
        kafka, leaseNanos, leaseDuration, leaseMargin, patience, nanos, partitions);
  }

  /** These settings for a gateway that serves the accounts of some partitions only. */
  public GateSettings withPartitions(IntPredicate filter) {
    return new GateSettings(
        kafka, leaseNanos, leaseDuration, leaseMargin, patience, allowanceNanos, filter);
  }

  private GateSettings with(ConsumerSettings changed) {
    return new GateSettings(
        changed, leaseNanos, leaseDuration, leaseMargin, patience, allowanceNanos, partitions);
  }
}
