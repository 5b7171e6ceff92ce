package io.tollgate.consumers.recharge;

import java.util.Optional;

/**
 * Takes money from customers' cards: what a platform has to write, over its payment provider.
 *
 * <p>Both methods may be called from several threads, and more than once for the same charge. Both
 * should give up before a minute has passed: meanwhile the recharges of other accounts may wait.
 */
public interface CardCharger {

  /**
   * Charges the account's card, at most once for each {@linkplain Charge#idempotencyKey()
   * idempotency key}: the key has to be handed on to the provider, which gives the first result
   * again instead of charging again. {@code accountId}, {@code rechargeId} and {@code attempt}
   * should be kept with the charge, for {@link #find} and for webhooks.
   *
   * @throws Exception if it is not known whether money was taken; {@link ChargeResult.Unknown} says
   *     the same. The request comes again.
   */
  ChargeResult charge(Charge charge) throws Exception;

  /**
   * Looks up what became of a charge, by {@code rechargeId} and {@code attempt}, without charging.
   *
   * @return empty only if the provider is sure to have no such charge
   * @throws Exception if that cannot be told; nothing is charged then
   */
  Optional<ChargeResult> find(Charge charge) throws Exception;
}
