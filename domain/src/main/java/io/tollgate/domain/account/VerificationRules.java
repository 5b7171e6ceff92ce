package io.tollgate.domain.account;

import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.effect.Effect.ClaimKind;
import io.tollgate.domain.effect.Effect.ClaimRequested;
import io.tollgate.domain.event.AccountEvent.ClaimAnswered;
import io.tollgate.domain.event.AccountEvent.VerificationUpdated;

/**
 * Whether the organisation is verified. An identity that comes with it must be free or the
 * account's own, which the registry decides: VERIFIED waits for its answer, and a refusal counts as
 * FAILED.
 */
final class VerificationRules {

  private final RuleSettings settings;

  VerificationRules(RuleSettings settings) {
    this.settings = settings;
  }

  Decision decide(Account before, VerificationUpdated update, Arrival arrival) {
    Step step = AccountRules.step(before, settings, update, arrival, before.id);
    Account account = step.account;
    if (update.occurredAt() < before.verificationAt) {
      return step.finish(); // a later word has come already
    }
    account.verificationAt = update.occurredAt();
    switch (update.status()) {
      case VERIFIED -> {
        if (update.identityHash() == null) {
          verify(step);
        } else {
          account.identityClaims++;
          step.emit(
              ClaimRequested.claim(
                  ClaimKind.IDENTITY,
                  update.identityHash(),
                  account.id,
                  Long.toString(account.identityClaims),
                  step.time));
        }
      }
      case UNVERIFIED, REVOKED -> {
        account.verified = false;
        account.identityClaimsEnded = account.identityClaims;
      }
      case PENDING, FAILED -> {} // a new attempt does not undo what was verified
    }
    return step.finish();
  }

  /** An answer to a claim that a later word has ended changes nothing. */
  Decision answered(Account before, ClaimAnswered answer, Arrival arrival) {
    if (!isAwaited(before, answer.subject())) {
      return new Decision.Duplicate();
    }
    Step step = AccountRules.step(before, settings, answer, arrival, before.id);
    if (answer.granted()) {
      verify(step);
    }
    return step.finish();
  }

  private static boolean isAwaited(Account account, String subject) {
    for (long claim = account.identityClaimsEnded + 1; claim <= account.identityClaims; claim++) {
      if (Long.toString(claim).equals(subject)) {
        return true;
      }
    }
    return false;
  }

  private static void verify(Step step) {
    step.account.verified = true;
    Stranding.cleared(step);
  }
}
