package io.tollgate.domain.account;

import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.UtcCalendar;
import io.tollgate.domain.effect.Effect.Cause;
import io.tollgate.domain.effect.Effect.ClaimKind;
import io.tollgate.domain.effect.Effect.ClaimRequested;
import io.tollgate.domain.effect.Effect.LotKind;
import io.tollgate.domain.effect.Effect.TrialDecided;
import io.tollgate.domain.event.AccountEvent.ClaimAnswered;
import io.tollgate.domain.event.AccountEvent.PhoneVerified;
import io.tollgate.domain.identity.Memory;
import io.tollgate.domain.identity.PhoneRecord;
import io.tollgate.domain.identity.Remembered;
import org.jspecify.annotations.Nullable;

/**
 * Trial credit: a verified phone claims it, once per phone and once per account. A phone whose
 * claim comes to nothing is used all the same.
 */
final class TrialRules {

  /** Five units of the account's currency. */
  private static final long AMOUNT = 5_000_000_000L;

  private static final int MONTHS = 3;

  private final RuleSettings settings;
  private final Memory memory;

  TrialRules(RuleSettings settings, Memory memory) {
    this.settings = settings;
    this.memory = memory;
  }

  Decision decide(Account before, PhoneVerified verified, Arrival arrival) {
    String phone = verified.phoneHash();
    if (memory.phone(before.id, phone) != null) {
      return new Decision.Duplicate(); // the phone is all that it says, so it cannot conflict
    }
    Step step = AccountRules.step(before, settings, verified, arrival, phone);
    PhoneRecord claimed =
        new PhoneRecord(verified.occurredAt(), arrival.topic(), arrival.offset(), false);
    step.remember(new Remembered.Phone(phone, claimed));
    step.emit(ClaimRequested.claim(ClaimKind.PHONE, phone, before.id, phone, step.time));
    return step.finish();
  }

  /** An answer that nobody waits for changes nothing. */
  Decision answered(Account before, ClaimAnswered answer, Arrival arrival) {
    String phone = answer.subject();
    PhoneRecord claimed = memory.phone(before.id, phone);
    if (claimed == null || claimed.decided()) {
      return new Decision.Duplicate();
    }
    Cause cause = new Cause(claimed.topic(), phone, arrival.partition(), claimed.offset());
    Step step = AccountRules.step(before, settings, claimed.verifiedAt(), arrival, cause);
    step.remember(new Remembered.Phone(phone, claimed.asDecided()));
    long since = before.openedAt == Account.NOT_SET ? claimed.verifiedAt() : before.openedAt;
    PendingGrant trial =
        new PendingGrant(
            "trial:" + before.id,
            LotKind.TRIAL,
            AMOUNT,
            Lot.DEFAULT_PRIORITY,
            step.time,
            UtcCalendar.plusMonths(since, MONTHS));
    String refusal = refusal(step, answer, trial);
    if (refusal == null) {
      step.account.trialGiven = true;
      CreditRules.takeEffect(step, trial, step.occurredAt);
    }
    step.emit(
        new TrialDecided(
            before.id,
            phone,
            refusal == null,
            refusal,
            refusal == null ? trial.grantId() : null,
            step.time));
    return step.finish();
  }

  private static @Nullable String refusal(Step step, ClaimAnswered answer, PendingGrant trial) {
    if (!answer.granted()) {
      return answer.reason() == null ? "PHONE_ALREADY_USED" : answer.reason();
    }
    if (step.account.trialGiven) {
      return "ACCOUNT_HAD_TRIAL";
    }
    if (trial.expiresAt() <= step.time) {
      return "TRIAL_PERIOD_OVER";
    }
    return hasRoom(step.account.books) ? null : "BALANCE_TOO_LARGE";
  }

  private static boolean hasRoom(Books books) {
    try {
      CreditRules.requireRoom(books, AMOUNT);
      return true;
    } catch (ArithmeticException full) {
      return false;
    }
  }
}
