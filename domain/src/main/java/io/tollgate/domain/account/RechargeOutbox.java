package io.tollgate.domain.account;

import io.tollgate.domain.account.RechargeState.Claiming;
import io.tollgate.domain.account.RechargeState.Cooldown;
import io.tollgate.domain.account.RechargeState.Pending;
import io.tollgate.domain.effect.Effect.RechargeReason;

/** What {@link AutoRecharge} has others told, or done. */
interface RechargeOutbox {

  /** A slot in the budget of the card is wanted. */
  void claim(Claiming claiming);

  /** A slot that was wanted is not used up. */
  void release(String card, Recharge recharge);

  /** The card is to be charged. */
  void send(Pending pending, RechargeReason reason);

  /** Nobody has said what became of the attempt. */
  void stalled(Pending pending);

  /** The card's budget is used up; the attempt waits. */
  void delayed(Cooldown cooldown);

  /** An attempt was declined; the state says what is next. */
  void declined(Recharge recharge, RechargeState next);

  /** The month's limit leaves less than the smallest recharge; told once a month. */
  void limitReached(int month);

  /** Something happened after which a balance at the threshold fires. */
  void judgeRecharge();
}
