package io.tollgate.domain.account;

import io.tollgate.domain.Rejection;
import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.account.RechargeState.Claiming;
import io.tollgate.domain.effect.Effect.ClaimAction;
import io.tollgate.domain.effect.Effect.ClaimKind;
import io.tollgate.domain.effect.Effect.ClaimRequested;
import io.tollgate.domain.event.AccountEvent.ClaimAnswered;
import io.tollgate.domain.event.AccountEvent.IssuerCleared;
import io.tollgate.domain.event.AccountEvent.PaymentFailed;
import io.tollgate.domain.identity.ContentDigest;
import io.tollgate.domain.identity.Memory;
import io.tollgate.domain.identity.Remembered;
import org.jspecify.annotations.Nullable;

/** Cards: what is heard of their declines, of their banks, and of their budgets. */
final class RechargeRules {

  private final RuleSettings settings;
  private final Memory memory;

  RechargeRules(RuleSettings settings, Memory memory) {
    this.settings = settings;
    this.memory = memory;
  }

  Decision decide(Account before, PaymentFailed failed, Arrival arrival) {
    long digest = ContentDigest.of(failed);
    Long known = memory.decline(failed.accountId(), declineId(failed));
    if (known != null) {
      return Duplicates.of(known, digest, "the decline of payment " + failed.paymentId());
    }
    Rejection refused = CreditRules.otherCurrency(before, failed.currency());
    if (refused != null) {
      return new Decision.Rejected(refused);
    }
    Step step = AccountRules.step(before, settings, failed, arrival, failed.paymentId());
    step.remember(new Remembered.Decline(declineId(failed), digest));
    AutoRecharge recharge = step.account.recharge;
    recharge.seeCard(failed.cardFingerprint(), failed.occurredAt());
    String payment = keyOf(failed.paymentId(), failed.attempt());
    String key = failed.rechargeId() == null ? null : keyOf(failed.rechargeId(), failed.attempt());
    if (failed.cardFingerprint() != null) {
      step.emit(
          new ClaimRequested(
              ClaimKind.CARD,
              ClaimAction.DECLINED,
              ClaimKind.CARD.keyOf(failed.cardFingerprint()),
              failed.accountId(),
              key == null ? payment : key,
              payment,
              step.time,
              failed.occurredAt()));
    }
    if (recharge.isPending(failed.accountId(), key)) {
      recharge.declined(
          settings
              .declines()
              .find(failed.networkAdviceCode(), failed.adviceCode(), failed.declineCode()),
          failed.cardFingerprint(),
          step.time,
          step.rechargeOutbox);
    }
    return step.finish();
  }

  /** The number first: no payment's id can be taken for another attempt of another one. */
  private static String declineId(PaymentFailed failed) {
    return (failed.attempt() == null ? "" : failed.attempt()) + ":" + failed.paymentId();
  }

  private static String keyOf(String id, @Nullable Integer attempt) {
    return attempt == null ? id : id + ":" + attempt;
  }

  Decision decide(Account before, IssuerCleared cleared, Arrival arrival) {
    Step step = AccountRules.step(before, settings, cleared, arrival, before.id);
    step.account.recharge.issuerCleared(cleared.cardFingerprint(), cleared.occurredAt(), step.time);
    return step.finish();
  }

  /** An answer that nobody waits for any more changes nothing: what it granted was freed. */
  Decision decide(Account before, ClaimAnswered answer, Arrival arrival) {
    if (!(before.recharge.state instanceof Claiming claiming)
        || !claiming.recharge().key(before.id).equals(answer.subject())) {
      return new Decision.Duplicate();
    }
    Step step =
        AccountRules.step(before, settings, answer, arrival, claiming.recharge().id(before.id));
    Long retryAt = answer.retryAt();
    if (answer.granted()) {
      retryAt = null;
    } else if (retryAt == null) {
      retryAt = step.time + settings.rechargeResend(); // nobody should wait for ever
    }
    step.account.recharge.answered(retryAt, step.time, step.rechargeOutbox);
    return step.finish();
  }
}
