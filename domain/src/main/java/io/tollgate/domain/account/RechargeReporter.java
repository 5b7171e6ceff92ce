package io.tollgate.domain.account;

import static java.util.Objects.requireNonNull;

import io.tollgate.domain.UtcCalendar;
import io.tollgate.domain.account.RechargeState.Claiming;
import io.tollgate.domain.account.RechargeState.Cooldown;
import io.tollgate.domain.account.RechargeState.Pending;
import io.tollgate.domain.account.RechargeState.StopReason;
import io.tollgate.domain.account.RechargeState.Stopped;
import io.tollgate.domain.effect.Effect.AlertType;
import io.tollgate.domain.effect.Effect.ClaimAction;
import io.tollgate.domain.effect.Effect.ClaimKind;
import io.tollgate.domain.effect.Effect.ClaimRequested;
import io.tollgate.domain.effect.Effect.RechargeReason;
import io.tollgate.domain.effect.Effect.RechargeRequested;

/** Tells what auto-recharge does in one step: requests and claims, and alerts for the customer. */
final class RechargeReporter implements RechargeOutbox {

  private final Step step;

  RechargeReporter(Step step) {
    this.step = step;
  }

  @Override
  public void judgeRecharge() {
    step.judgeRecharge();
  }

  @Override
  public void claim(Claiming claiming) {
    step.emit(
        ClaimRequested.claim(
            ClaimKind.CARD,
            claiming.claimedCard(),
            step.account.id,
            key(claiming.recharge()),
            step.time));
  }

  @Override
  public void release(String card, Recharge recharge) {
    step.emit(
        new ClaimRequested(
            ClaimKind.CARD,
            ClaimAction.RELEASED,
            ClaimKind.CARD.keyOf(card),
            step.account.id,
            key(recharge),
            null,
            step.time,
            null));
  }

  @Override
  public void send(Pending pending, RechargeReason reason) {
    Account account = step.account;
    AutoRecharge.Config config = requireNonNull(account.recharge.config);
    step.emit(
        new RechargeRequested(
            pending.recharge().id(account.id),
            pending.recharge().attempt(),
            key(pending.recharge()),
            account.id,
            pending.recharge().amount(),
            account.currency,
            account.books.posted,
            config.threshold(),
            config.target(),
            step.time,
            step.time + step.settings.rechargeResend(),
            reason));
  }

  @Override
  public void limitReached(int month) {
    step.alert(
        AlertType.RECHARGE_LIMIT_REACHED,
        UtcCalendar.monthText(month),
        "Your monthly limit leaves less than %s to recharge. Raise it, or buy credit; recharging goes on next month. %s"
            .formatted(step.money(step.settings.minimumPurchase()), creditLasts()));
  }

  @Override
  public void stalled(Pending pending) {
    step.alert(
        AlertType.RECHARGE_STALLED,
        key(pending.recharge()),
        "Nobody has said what became of the payment of %s, and it is not asked for again. Look it up at the payment processor; configuring auto-recharge anew gives it up. %s"
            .formatted(amount(pending.recharge()), creditLasts()));
  }

  @Override
  public void delayed(Cooldown cooldown) {
    step.alert(
        AlertType.RECHARGE_DELAYED,
        key(cooldown.recharge()) + ":" + UtcCalendar.text(cooldown.retryAt()),
        cooldown.retryAt(),
        "Your card was declined too often in the last 30 days to be charged %s now. %s To go on at once, buy credit with another card. %s"
            .formatted(amount(cooldown.recharge()), nextTry(cooldown), creditLasts()));
  }

  @Override
  public void declined(Recharge recharge, RechargeState next) {
    if (recharge.attempt() == 1) {
      step.alert(
          AlertType.RECHARGE_FAILED,
          key(recharge),
          next instanceof Cooldown cooldown ? cooldown.retryAt() : null,
          "Your card was declined for %s. %s %s"
              .formatted(
                  amount(recharge),
                  next instanceof Cooldown cooldown
                      ? nextTry(cooldown)
                      : "It is not tried again by itself.",
                  creditLasts()));
    }
    if (next instanceof Stopped stopped) {
      stopped(recharge, stopped.reason());
    } else if (next instanceof Cooldown cooldown && cooldown.waitsForIssuer()) {
      step.alert(
          AlertType.CONTACT_ISSUER,
          key(recharge),
          cooldown.retryAt(),
          "Your bank holds the payment of %s. Call it, and ask it to let the payment through. %s %s"
              .formatted(amount(recharge), nextTry(cooldown), creditLasts()));
    }
  }

  private void stopped(Recharge recharge, StopReason reason) {
    step.alert(
        reason.isForGood() ? AlertType.RECHARGE_DISABLED : AlertType.CUSTOMER_ACTION_REQUIRED,
        key(recharge),
        "%s %s".formatted(remedy(recharge, reason), creditLasts()));
  }

  private String remedy(Recharge recharge, StopReason reason) {
    return switch (reason) {
      case CUSTOMER ->
          "Your card did not take the payment of %s, and needs you: check its number, its expiry date and its address, confirm it with your bank, or use another card. Then buy credit, or configure auto-recharge anew."
              .formatted(amount(recharge));
      case DECLINES ->
          "Your card was declined %d times for %s, and is not tried again. Use another card, and configure auto-recharge anew."
              .formatted(recharge.attempt(), amount(recharge));
      case CARD, DISPUTE ->
          "Your bank does not allow this card to be charged again. Use another card, and configure auto-recharge anew.";
    };
  }

  private String key(Recharge recharge) {
    return recharge.key(step.account.id);
  }

  private String amount(Recharge recharge) {
    return step.money(recharge.amount());
  }

  private String nextTry(Cooldown cooldown) {
    return "Next try at %s.".formatted(UtcCalendar.minuteText(cooldown.retryAt(), step.time));
  }

  private String creditLasts() {
    if (step.account.books.posted <= 0) {
      return "Your credit is used up.";
    }
    Long end = step.exhaustionAt();
    return end == null
        ? "Your credit is %s.".formatted(step.money(step.account.books.posted))
        : "Your credit lasts until about %s.".formatted(UtcCalendar.minuteText(end, step.time));
  }
}
