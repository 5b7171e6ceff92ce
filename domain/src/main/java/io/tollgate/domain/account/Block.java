package io.tollgate.domain.account;

import io.tollgate.domain.Amounts;
import io.tollgate.domain.UtcCalendar;
import io.tollgate.domain.effect.Effect.BlockReason;
import io.tollgate.domain.rating.AccessPolicy;
import io.tollgate.domain.rating.AccessPolicy.Requirement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a call is not to be had, and what a person can do about it.
 *
 * @param missing the requirements that are not met, in the policy's order
 */
public record Block(BlockReason reason, String remedy, List<Requirement> missing) {

  private Block(BlockReason reason, String remedy) {
    this(reason, remedy, List.of());
  }

  /** The policy of the first requirement that is not met. */
  public @Nullable String policyId() {
    return missing.isEmpty() ? null : missing.get(0).policyId();
  }

  public static Block suspended() {
    return new Block(
        BlockReason.ACCOUNT_SUSPENDED,
        "The account is suspended. Contact support to have it reinstated.");
  }

  /**
   * The model, or a capability of it, needs a verified organisation.
   *
   * @param missing the requirements that are not met; at least one
   */
  public static Block unverified(String model, List<Requirement> missing) {
    Requirement first = missing.get(0);
    String what =
        first.capability().equals(AccessPolicy.WHOLE_MODEL)
            ? "Model " + model
            : "Capability " + first.capability() + " of model " + model;
    return new Block(
        BlockReason.VERIFICATION_REQUIRED,
        what
            + " needs a verified organisation since "
            + UtcCalendar.text(first.effectiveFrom())
            + ". Verify the organisation, or use a model that does not need it.",
        missing);
  }

  public static Block unpriced(String model) {
    return new Block(
        BlockReason.UNPRICED_MODEL,
        "Model %s has no price for this call. Use a model of the price list.".formatted(model));
  }

  /**
   * Calls of this month spend no more.
   *
   * @param month as {@link UtcCalendar#monthOf} counts
   */
  public static Block limitReached(int month) {
    return new Block(
        BlockReason.SPEND_LIMIT_REACHED,
        "A spend limit for %s is reached. Raise it, or wait for the next month."
            .formatted(UtcCalendar.monthText(month)));
  }

  /** Nothing can pay for usage. */
  public static Block creditUsedUp(long postedNanos, String currency) {
    return new Block(
        BlockReason.INSUFFICIENT_CREDIT,
        "The credit is used up: %s. Buy credit, or turn auto-recharge on."
            .formatted(Amounts.text(postedNanos, currency)));
  }

  /** A request needs more than is available. */
  static Block tooLittleAvailable(Step step, long needed) {
    Account account = step.account;
    String remedy =
        account.books.usable(step.time) >= needed
            ? "Requests in flight hold the rest; try again when they finish."
            : "Buy credit, or turn auto-recharge on.";
    return new Block(
        BlockReason.INSUFFICIENT_CREDIT,
        "It needs %s; %s are available. %s"
            .formatted(step.money(needed), step.money(account.available()), remedy));
  }
}
