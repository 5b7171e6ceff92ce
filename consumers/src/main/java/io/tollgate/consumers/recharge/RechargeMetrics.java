package io.tollgate.consumers.recharge;

/**
 * What became of the recharge requests since the start of the executor.
 *
 * @param succeeded requests answered with PaymentSucceeded
 * @param declined requests answered with PaymentFailed
 * @param unknown requests left without an answer because the charge's outcome is not known
 * @param late requests left without an answer because their deadline had passed and there was no
 *     charge
 */
public record RechargeMetrics(long succeeded, long declined, long unknown, long late) {}
