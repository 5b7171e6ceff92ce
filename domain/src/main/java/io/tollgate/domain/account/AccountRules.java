package io.tollgate.domain.account;

import io.tollgate.domain.Rejection;
import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.Validation;
import io.tollgate.domain.effect.Effect.Cause;
import io.tollgate.domain.event.AccountEvent;
import io.tollgate.domain.event.AccountEvent.AccountOpened;
import io.tollgate.domain.event.AccountEvent.AccountReinstated;
import io.tollgate.domain.event.AccountEvent.AccountSuspended;
import io.tollgate.domain.event.AccountEvent.AlertLevelsConfigured;
import io.tollgate.domain.event.AccountEvent.AuthorizationReleased;
import io.tollgate.domain.event.AccountEvent.AuthorizationRequested;
import io.tollgate.domain.event.AccountEvent.AutoRechargeConfigured;
import io.tollgate.domain.event.AccountEvent.ClaimAnswered;
import io.tollgate.domain.event.AccountEvent.CreditGranted;
import io.tollgate.domain.event.AccountEvent.CreditVoided;
import io.tollgate.domain.event.AccountEvent.DisputeUpdated;
import io.tollgate.domain.event.AccountEvent.IssuerCleared;
import io.tollgate.domain.event.AccountEvent.OverdraftConfigured;
import io.tollgate.domain.event.AccountEvent.PaymentFailed;
import io.tollgate.domain.event.AccountEvent.PaymentRefunded;
import io.tollgate.domain.event.AccountEvent.PaymentSucceeded;
import io.tollgate.domain.event.AccountEvent.PhoneVerified;
import io.tollgate.domain.event.AccountEvent.RefundRequested;
import io.tollgate.domain.event.AccountEvent.SpendLimitConfigured;
import io.tollgate.domain.event.AccountEvent.UsageEvent;
import io.tollgate.domain.event.AccountEvent.VerificationUpdated;
import io.tollgate.domain.identity.Memory;
import io.tollgate.domain.rating.Reference;
import org.jspecify.annotations.Nullable;

/**
 * The rules of an account: state, record and time in; new state and effects out. Total: it refuses,
 * it does not throw, and an account that it was given is never changed.
 */
public final class AccountRules {

  /** Nothing is due. */
  public static final long NOTHING_DUE = Long.MAX_VALUE;

  private final UsageRules usageRules;
  private final AuthorizationRules authorizationRules;
  private final CreditRules creditRules;
  private final ReversalRules reversalRules;
  private final RefundRules refundRules;
  private final RechargeRules rechargeRules;
  private final SettingsRules settingsRules;
  private final VerificationRules verificationRules;
  private final TrialRules trialRules;
  private final SpendLimitRules spendLimitRules;
  private final Deadlines deadlines;

  /**
   * Rules that look prices and earlier decisions up as they are at each call.
   *
   * @param reference prices and policies, kept current by the caller
   * @param memory what was decided before, kept current by the caller
   */
  public AccountRules(RuleSettings settings, Reference reference, Memory memory) {
    Gate gate = new Gate(reference);
    this.usageRules = new UsageRules(settings, reference, memory, gate);
    this.authorizationRules = new AuthorizationRules(settings, reference, memory, gate);
    this.creditRules = new CreditRules(settings, memory);
    this.reversalRules = new ReversalRules(settings, memory);
    this.refundRules = new RefundRules(settings, memory);
    this.rechargeRules = new RechargeRules(settings, memory);
    this.settingsRules = new SettingsRules(settings);
    this.verificationRules = new VerificationRules(settings);
    this.trialRules = new TrialRules(settings, memory);
    this.spendLimitRules = new SpendLimitRules(settings);
    this.deadlines = new Deadlines(settings);
  }

  /**
   * Decides a record. All that is due for the account by its time must have fired.
   *
   * @param known the account; null if nothing of it was ever accepted
   */
  public Decision decide(@Nullable Account known, AccountEvent event, Arrival arrival) {
    Rejection invalid = Validation.of(event);
    if (invalid != null) {
      return new Decision.Rejected(invalid);
    }
    Account before = known == null ? new Account(event.accountId()) : known;
    try {
      return dispatch(before, event, arrival);
    } catch (ArithmeticException overflow) {
      return new Decision.Rejected(
          new Rejection(
              RejectionReason.OVERFLOW,
              "its amounts exceed what a 64-bit number of nano-units holds"));
    }
  }

  private Decision dispatch(Account before, AccountEvent event, Arrival arrival) {
    if (event instanceof UsageEvent usage) {
      return usageRules.decide(before, usage, arrival);
    } else if (event instanceof AuthorizationRequested request) {
      return authorizationRules.decide(before, request, arrival);
    } else if (event instanceof AuthorizationReleased released) {
      return authorizationRules.decide(before, released, arrival);
    } else if (event instanceof PaymentSucceeded payment) {
      return creditRules.decide(before, payment, arrival);
    } else if (event instanceof PaymentRefunded refund) {
      return reversalRules.decide(before, refund, arrival);
    } else if (event instanceof DisputeUpdated dispute) {
      return reversalRules.decide(before, dispute, arrival);
    } else if (event instanceof RefundRequested request) {
      return refundRules.decide(before, request, arrival);
    } else if (event instanceof PaymentFailed failed) {
      return rechargeRules.decide(before, failed, arrival);
    } else if (event instanceof IssuerCleared cleared) {
      return rechargeRules.decide(before, cleared, arrival);
    } else if (event instanceof CreditGranted grant) {
      return creditRules.decide(before, grant, arrival);
    } else if (event instanceof CreditVoided voided) {
      return creditRules.decide(before, voided, arrival);
    } else if (event instanceof AccountOpened opened) {
      return settingsRules.decide(before, opened, arrival);
    } else if (event instanceof VerificationUpdated verification) {
      return verificationRules.decide(before, verification, arrival);
    } else if (event instanceof PhoneVerified verified) {
      return trialRules.decide(before, verified, arrival);
    } else if (event instanceof SpendLimitConfigured limit) {
      return spendLimitRules.decide(before, limit, arrival);
    } else if (event instanceof AutoRechargeConfigured config) {
      return settingsRules.decide(before, config, arrival);
    } else if (event instanceof AlertLevelsConfigured levels) {
      return settingsRules.decide(before, levels, arrival);
    } else if (event instanceof OverdraftConfigured overdraft) {
      return settingsRules.decide(before, overdraft, arrival);
    } else if (event instanceof AccountSuspended) {
      return settingsRules.suspension(before, true, event, arrival);
    } else if (event instanceof AccountReinstated) {
      return settingsRules.suspension(before, false, event, arrival);
    } else if (event instanceof ClaimAnswered answer) {
      return answered(before, answer, arrival);
    }
    throw new IllegalStateException("no rule for " + event.getClass().getSimpleName());
  }

  private Decision answered(Account before, ClaimAnswered answer, Arrival arrival) {
    return switch (answer.kind()) {
      case PHONE -> trialRules.answered(before, answer, arrival);
      case IDENTITY -> verificationRules.answered(before, answer, arrival);
      case CARD -> rechargeRules.decide(before, answer, arrival);
    };
  }

  /** When the account's next deadline fires, in epoch milliseconds, or {@link #NOTHING_DUE}. */
  public long nextDeadline(Account account) {
    Deadlines.Due due = deadlines.next(account);
    return due == null ? NOTHING_DUE : due.time();
  }

  /**
   * Fires the account's next deadline, which must be due.
   *
   * @param arrival the record during which it fires: a tick, or the account's next record
   */
  public Decision.Applied fire(Account account, Arrival arrival) {
    Deadlines.Due due = deadlines.next(account);
    if (due == null) {
      throw new IllegalStateException("nothing is due for this account");
    }
    return deadlines.fire(account, due, arrival);
  }

  static Step step(
      Account before, RuleSettings settings, AccountEvent event, Arrival arrival, String subject) {
    Cause cause = new Cause(arrival.topic(), subject, arrival.partition(), arrival.offset());
    return step(before, settings, event.occurredAt(), arrival, cause);
  }

  /** A step whose cause is not the record that has arrived, but the one that it answers. */
  static Step step(
      Account before, RuleSettings settings, long occurredAt, Arrival arrival, Cause cause) {
    long time = Math.max(arrival.recordTime(), before.ruleTime);
    Step step = new Step(before, settings, time, occurredAt, cause, cause.id());
    step.account.monthStartPending = false; // all that was due by now has fired
    return step;
  }
}
