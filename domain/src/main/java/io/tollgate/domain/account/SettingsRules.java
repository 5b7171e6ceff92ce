package io.tollgate.domain.account;

import io.tollgate.domain.Limits;
import io.tollgate.domain.Rejection;
import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.event.AccountEvent;
import io.tollgate.domain.event.AccountEvent.AccountOpened;
import io.tollgate.domain.event.AccountEvent.AlertLevelsConfigured;
import io.tollgate.domain.event.AccountEvent.AutoRechargeConfigured;
import io.tollgate.domain.event.AccountEvent.OverdraftConfigured;

/**
 * Facts and settings of an account: the latest by its own time holds, of equals the one that
 * arrives later; what arrives late but is older changes nothing.
 */
final class SettingsRules {

  private final RuleSettings settings;

  SettingsRules(RuleSettings settings) {
    this.settings = settings;
  }

  Decision decide(Account before, AccountOpened opened, Arrival arrival) {
    boolean latest = opened.occurredAt() >= before.openedAt;
    if (latest && before.books.moved() && !opened.currency().equals(before.currency)) {
      return new Decision.Rejected(
          new Rejection(
              RejectionReason.CURRENCY_MISMATCH,
              "money has moved in %s already; open another account for %s"
                  .formatted(before.currency, opened.currency())));
    }
    Step step = step(before, opened, arrival);
    if (latest) {
      Account account = step.account;
      account.openedAt = opened.occurredAt();
      account.currency = opened.currency();
      account.country = opened.country();
      account.buyerType = opened.buyerType();
    }
    return step.finish();
  }

  Decision suspension(Account before, boolean suspended, AccountEvent event, Arrival arrival) {
    Step step = step(before, event, arrival);
    if (event.occurredAt() >= before.suspensionAt) {
      step.account.suspensionAt = event.occurredAt();
      step.account.suspended = suspended;
      if (!suspended) {
        step.judgeRecharge();
      }
    }
    return step.finish();
  }

  Decision decide(Account before, AlertLevelsConfigured levels, Arrival arrival) {
    int remembered = before.alertLevels.armings.size();
    if (remembered + levels.levelsNanos().size() > Limits.REMEMBERED_LEVELS) {
      return new Decision.Rejected(
          new Rejection(
              RejectionReason.LIMIT_EXCEEDED,
              "the account has had %d different alert levels; at most %d are remembered"
                  .formatted(remembered, Limits.REMEMBERED_LEVELS)));
    }
    Step step = step(before, levels, arrival);
    if (levels.occurredAt() >= before.alertLevels.configuredAt) {
      step.account.alertLevels.configure(
          levels.levelsNanos(), levels.occurredAt(), settings.alertLevels());
    }
    return step.finish();
  }

  Decision decide(Account before, OverdraftConfigured overdraft, Arrival arrival) {
    Step step = step(before, overdraft, arrival);
    if (overdraft.occurredAt() >= before.overdraftAt) {
      step.account.overdraftAt = overdraft.occurredAt();
      step.account.overdraftLimit = overdraft.limitNanos();
    }
    return step.finish();
  }

  Decision decide(Account before, AutoRechargeConfigured configured, Arrival arrival) {
    Step step = step(before, configured, arrival);
    AutoRecharge.Config config =
        new AutoRecharge.Config(
            configured.enabled(),
            configured.thresholdNanos(),
            configured.targetNanos(),
            configured.monthlyLimitNanos(),
            configured.occurredAt());
    if (before.recharge.accepts(config)) {
      step.account.recharge.configure(config, step.rechargeOutbox);
    }
    return step.finish();
  }

  private Step step(Account before, AccountEvent event, Arrival arrival) {
    return AccountRules.step(before, settings, event, arrival, before.id);
  }
}
