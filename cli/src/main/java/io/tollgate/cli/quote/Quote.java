package io.tollgate.cli.quote;

import io.tollgate.domain.account.Block;
import io.tollgate.domain.rating.ExactCost;
import io.tollgate.domain.rating.PriceRow;
import io.tollgate.domain.rating.Reference;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an account could use, what not, and what would change that, at one moment.
 *
 * @param at epoch milliseconds
 * @param blocks what stands in the way of every call
 * @param amountNanos that may be paid, in nano-units of the account's currency; null: not asked
 */
record Quote(
    Standing standing,
    long at,
    String serviceTier,
    @Nullable Long amountNanos,
    List<Block> blocks,
    List<ModelQuote> models) {

  /**
   * What is asked.
   *
   * @param models names or aliases; empty: every model
   * @param capabilities empty: all for which something is, or will be, required
   * @param amountNanos null: not asked
   */
  record Question(
      Collection<String> models,
      Collection<String> capabilities,
      String serviceTier,
      @Nullable Long amountNanos) {}

  /** Asks the rules. */
  static Quote of(Standing standing, Reference reference, Question question, long at) {
    Collection<String> names = question.models().isEmpty() ? reference.models() : question.models();
    List<ModelQuote> models =
        names.stream()
            .distinct()
            .map(
                name ->
                    ModelQuote.of(
                        reference,
                        standing.verified(),
                        name,
                        question.capabilities(),
                        question.serviceTier(),
                        at))
            .toList();
    return new Quote(
        standing, at, question.serviceTier(), question.amountNanos(), standing.blocks(at), models);
  }

  /** How many units the amount buys when it has paid the debt; null if that is not to be said. */
  @Nullable BigInteger units(PriceRow price) {
    if (amountNanos == null || price.nanosPerMillion() == 0) {
      return null;
    }
    return BigInteger.valueOf(Math.max(0, amountNanos - standing.debtNanos()))
        .multiply(BigInteger.valueOf(ExactCost.MILLIONTHS))
        .divide(BigInteger.valueOf(price.nanosPerMillion()));
  }
}
