package io.tollgate.domain.account;

import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.account.RechargePreview.Claims;
import io.tollgate.domain.account.RechargePreview.Trial;
import io.tollgate.domain.claims.ClaimRules;
import io.tollgate.domain.claims.ClaimRules.Verdict;
import io.tollgate.domain.claims.ClaimState;
import io.tollgate.domain.effect.Effect;
import io.tollgate.domain.effect.Effect.AlertType;
import io.tollgate.domain.effect.Effect.BalanceAlert;
import io.tollgate.domain.effect.Effect.ClaimRequested;
import io.tollgate.domain.effect.Effect.RechargeRequested;
import io.tollgate.domain.event.AccountEvent;
import io.tollgate.domain.event.AccountEvent.Completion;
import io.tollgate.domain.event.AccountEvent.UsageEvent;
import io.tollgate.domain.event.AccountEvent.UsageSource;
import io.tollgate.domain.event.Quantities;
import io.tollgate.domain.identity.NoMemory;
import io.tollgate.domain.rating.ExactCost;
import io.tollgate.domain.rating.ModelPrices;
import io.tollgate.domain.rating.PriceRow;
import io.tollgate.domain.rating.Reference;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of an account and of the registry, tried without a trace. */
final class Rehearsal {

  /** Costs a nano a unit, and needs nothing. */
  private static final String MODEL = "rehearsal";

  private static final String TIER = "standard";

  private static final Set<AlertType> RECHARGE_ALERTS =
      EnumSet.range(AlertType.RECHARGE_FAILED, AlertType.RECHARGE_DISABLED);

  private final AccountRules rules;
  private final Claims claims;

  Rehearsal(RuleSettings settings, Claims claims) {
    Reference reference = new Reference();
    reference.put(
        new ModelPrices(
            MODEL,
            List.of(),
            List.of(new PriceRow(Quantities.INPUT, TIER, 0, ExactCost.MILLIONTHS, 0))));
    this.rules = new AccountRules(settings, reference, new NoMemory());
    this.claims = claims;
  }

  /** The account after a trial, and what to tell of it. */
  record Outcome(Account account, Trial trial) {}

  /** Reports usage that costs so many nanos. */
  Outcome debit(Account before, long nanos, long at) {
    Run run = new Run(before, at);
    run.decide(
        new UsageEvent(
            MODEL,
            before.id,
            at,
            MODEL,
            List.of(),
            TIER,
            new Quantities(nanos, 0, 0, 0, Map.of()),
            null,
            null,
            null,
            null,
            null,
            Completion.COMPLETE,
            UsageSource.PROVIDER));
    return run.outcome(nanos);
  }

  /** Lets time pass. */
  Outcome passTime(Account before, long until) {
    Run run = new Run(before, until);
    run.fireDue();
    return run.outcome(0);
  }

  /** One trial: each claim is answered before anything else happens. */
  private final class Run {

    private final Arrival arrival;
    private final Map<String, @Nullable ClaimState> changedClaims = new HashMap<>();
    private final List<Effect> told = new ArrayList<>();
    private Account account;

    Run(Account before, long at) {
      this.account = before;
      this.arrival = new Arrival(MODEL, 0, 0, at, at);
    }

    void decide(AccountEvent event) {
      if (rules.decide(account, event, arrival) instanceof Decision.Applied applied) {
        apply(applied);
      }
    }

    void fireDue() {
      while (rules.nextDeadline(account) <= arrival.recordTime()) {
        apply(rules.fire(account, arrival));
      }
    }

    private void apply(Decision.Applied applied) {
      account = applied.account();
      for (Effect effect : applied.effects()) {
        if (effect instanceof ClaimRequested request) {
          answer(request);
        } else if (effect instanceof RechargeRequested
            || (effect instanceof BalanceAlert alert && RECHARGE_ALERTS.contains(alert.type()))) {
          told.add(effect);
        }
      }
    }

    private void answer(ClaimRequested request) {
      ClaimState known =
          changedClaims.containsKey(request.claimKey())
              ? changedClaims.get(request.claimKey())
              : claims.find(request.claimKey());
      Verdict verdict = ClaimRules.decide(known, request);
      changedClaims.put(request.claimKey(), verdict.state());
      if (verdict.answer() != null) {
        decide(verdict.answer());
      }
    }

    Outcome outcome(long debitNanos) {
      return new Outcome(
          account, new Trial(arrival.recordTime(), debitNanos, account.books.posted, told));
    }
  }
}
