package io.tollgate.consumers.gate;

/**
 * What a gate holds.
 *
 * @param accounts accounts with a record in {@code account-access}
 * @param activeAccounts accounts that have leases, or want one
 * @param unreadable records of prices, policies and accounts that were passed over
 * @param unreported calls whose usage Kafka did not take; each is logged
 */
public record GateMetrics(int accounts, int activeAccounts, long unreadable, long unreported) {}
