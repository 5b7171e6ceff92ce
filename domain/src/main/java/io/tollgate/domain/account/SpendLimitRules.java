package io.tollgate.domain.account;

import io.tollgate.domain.Limits;
import io.tollgate.domain.Rejection;
import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.UtcCalendar;
import io.tollgate.domain.event.AccountEvent.SpendLimitConfigured;
import io.tollgate.domain.event.AccountEvent.SpendLimitEnforcement;
import io.tollgate.domain.event.AccountEvent.UsageEvent;
import java.util.List;

/** Spend limits: how they are set, what counts, and who hears of it. */
final class SpendLimitRules {

  private final RuleSettings settings;

  SpendLimitRules(RuleSettings settings) {
    this.settings = settings;
  }

  Decision decide(Account before, SpendLimitConfigured configured, Arrival arrival) {
    String scope = SpendLimits.scope(configured.scope(), configured.scopeId());
    if (before.spendLimits.limits.size() >= Limits.SPEND_LIMITS
        && !before.spendLimits.limits.containsKey(scope)) {
      return new Decision.Rejected(
          new Rejection(
              RejectionReason.LIMIT_EXCEEDED,
              "the account has set spend limits for %d scopes; change one of those"
                  .formatted(Limits.SPEND_LIMITS)));
    }
    Step step = AccountRules.step(before, settings, configured, arrival, before.id);
    if (before.spendLimits.accepts(scope, configured.occurredAt())) {
      tell(
          step,
          step.account.spendLimits.configure(
              scope,
              configured.monthlyLimitNanos(),
              configured.enforcement() == SpendLimitEnforcement.BLOCK,
              configured.occurredAt(),
              UtcCalendar.monthOf(step.time)));
    }
    return step.finish();
  }

  /** Counts what was charged for usage, in the month in which it happened. */
  static void charged(Step step, UsageEvent usage, long nanos) {
    SpendLimits limits = step.account.spendLimits;
    if (limits.limits.isEmpty()) {
      return;
    }
    // A day more than usage may be late: authorizations ask for the month of their request.
    limits.forgetBefore(
        UtcCalendar.monthOf(step.time - step.settings.usageHorizon() - UtcCalendar.DAY_MILLIS));
    tell(
        step,
        limits.spend(
            nanos, UtcCalendar.monthOf(usage.occurredAt()), usage.projectId(), usage.apiKeyId()));
  }

  private static void tell(Step step, List<SpendLimits.Crossing> crossings) {
    for (SpendLimits.Crossing crossing : crossings) {
      String month = UtcCalendar.monthText(crossing.month());
      step.alert(
          crossing.type(),
          crossing.scope() + ":" + month,
          "%s of the %s that %s may spend in %s are spent.%s"
              .formatted(
                  step.money(crossing.spent()),
                  step.money(crossing.limit()),
                  SpendLimits.spender(crossing.scope()),
                  month,
                  crossing.blocks()
                      ? " Authorizations are denied until the limit is raised, or the month is over."
                      : ""));
    }
  }
}
