package io.tollgate.domain.account;

import io.tollgate.domain.DeclineTable.Decline;
import io.tollgate.domain.UtcCalendar;
import io.tollgate.domain.account.RechargeState.Armed;
import io.tollgate.domain.account.RechargeState.Claiming;
import io.tollgate.domain.account.RechargeState.Cooldown;
import io.tollgate.domain.account.RechargeState.InFlight;
import io.tollgate.domain.account.RechargeState.Off;
import io.tollgate.domain.account.RechargeState.Pending;
import io.tollgate.domain.account.RechargeState.StopReason;
import io.tollgate.domain.account.RechargeState.Stopped;
import io.tollgate.domain.effect.Effect.RechargeReason;
import org.jspecify.annotations.Nullable;

/**
 * The auto-recharge of one account: a state machine with at most one recharge in flight. Each
 * method is an event. Its diagram and its table of transitions are {@code docs/auto-recharge.md},
 * which a test holds against this class.
 */
final class AutoRecharge {

  /** An unanswered attempt is sent so often before it counts as stalled. */
  private static final int SENDS = 4;

  /** What the account's owner wants. */
  record Config(
      boolean enabled, long threshold, long target, @Nullable Long monthlyLimit, long occurredAt) {}

  RechargeState state = new Off();
  @Nullable Config config;

  /** Arrived while a result was awaited; holds from then on. */
  @Nullable Config nextConfig;

  /** The card of the payment with the latest own time; null as long as none named one. */
  @Nullable String card;

  long cardAt = Long.MIN_VALUE;

  /** How many recharges there ever were. */
  long count;

  final RechargeMonth month;

  AutoRecharge() {
    this(new RechargeMonth());
  }

  private AutoRecharge(RechargeMonth month) {
    this.month = month;
  }

  AutoRecharge copy() {
    AutoRecharge copy = new AutoRecharge(month.copy());
    copy.state = state;
    copy.config = config;
    copy.nextConfig = nextConfig;
    copy.card = card;
    copy.cardAt = cardAt;
    copy.count = count;
    return copy;
  }

  // Settings.

  /** Whether these settings are at least as recent as the last ones. */
  boolean accepts(Config newer) {
    Config last = nextConfig == null ? config : nextConfig;
    return last == null || newer.occurredAt() >= last.occurredAt();
  }

  /** Re-arms or turns off; while a result is awaited, from its arrival. */
  void configure(Config newer, RechargeOutbox out) {
    if (state instanceof Pending pending && !pending.stalled()) {
      nextConfig = newer;
    } else {
      giveUp(out);
      use(newer, out);
    }
  }

  private void use(Config newer, RechargeOutbox out) {
    config = newer;
    nextConfig = null;
    state = newer.enabled() ? new Armed() : new Off();
    out.judgeRecharge();
  }

  /** Settings that came while a result was awaited act as if they had come right after it. */
  private void useWaiting(RechargeOutbox out) {
    if (nextConfig != null) {
      giveUp(out);
      use(nextConfig, out);
    }
  }

  /** Ends the recharge in flight, if there is one, without success. */
  private void giveUp(RechargeOutbox out) {
    if (state instanceof InFlight inFlight) {
      release(inFlight, null, out);
      month.uncount(inFlight.recharge());
      state = new Armed();
      out.judgeRecharge();
    }
  }

  // The balance.

  /**
   * Fires if armed and wanted.
   *
   * @param mayFire whether something happened after which a balance at the threshold fires
   * @param denied whether an authorization was denied for credit
   */
  void judge(
      long posted, boolean mayFire, boolean denied, long now, long minimum, RechargeOutbox out) {
    if (!(state instanceof Armed) || config == null) {
      return;
    }
    if (denied && posted < config.target()) {
      start(config, RechargeReason.DENIED_FOR_CREDIT, posted, now, minimum, out);
    } else if (mayFire && posted <= config.threshold()) {
      start(config, RechargeReason.BELOW_THRESHOLD, posted, now, minimum, out);
    }
  }

  private void start(
      Config wanted,
      RechargeReason reason,
      long posted,
      long now,
      long minimum,
      RechargeOutbox out) {
    int thisMonth = UtcCalendar.monthOf(now);
    long missing = Math.max(saturatedDifference(wanted.target(), posted), minimum);
    long amount = month.cut(missing, thisMonth, wanted.monthlyLimit());
    if (amount >= minimum) {
      count = Math.addExact(count, 1);
      month.count(thisMonth, amount);
      request(new Recharge(count, 1, amount, thisMonth, reason, false), now, out);
    } else if (month.alertOnce(thisMonth)) {
      out.limitReached(thisMonth);
    }
  }

  /** What is missing from an amount to a larger one; as much as there is if that is more. */
  static long saturatedDifference(long larger, long smaller) {
    return smaller < 0 && larger > Long.MAX_VALUE + smaller ? Long.MAX_VALUE : larger - smaller;
  }

  /** Armed with a balance that would fire it: what a new month may change. */
  boolean waitsForCredit(long posted) {
    return state instanceof Armed && config != null && posted <= config.threshold();
  }

  /**
   * Credit came in. If it lifts the balance over the threshold, what has not gone out yet is not
   * needed any more, and a purchase shows that the customer has acted.
   */
  void credited(long balanceBefore, long balanceAfter, boolean purchase, RechargeOutbox out) {
    if (config == null
        || balanceBefore > config.threshold()
        || balanceAfter <= config.threshold()) {
      return;
    }
    if (state instanceof Cooldown || state instanceof Claiming) {
      giveUp(out);
    } else if (purchase && state instanceof Stopped stopped && !stopped.reason().isForGood()) {
      state = new Armed();
    }
  }

  // One attempt after the other.

  /** Sends the next attempt, once the budget of the card allows it; no known card, no budget. */
  private void request(Recharge recharge, long now, RechargeOutbox out) {
    if (card == null) {
      send(recharge, null, now, out);
    } else {
      claim(recharge, card, now, out);
    }
  }

  private void claim(Recharge recharge, String wanted, long now, RechargeOutbox out) {
    Claiming claiming = new Claiming(recharge, wanted, now);
    state = claiming;
    out.claim(claiming);
  }

  private void send(Recharge recharge, @Nullable String claimed, long now, RechargeOutbox out) {
    Pending pending = new Pending(recharge, claimed, 1, now, false);
    state = pending;
    out.send(pending, recharge.reasonOfAttempt());
  }

  /**
   * The claim of the attempt is answered; nothing if nobody waits for it.
   *
   * @param retryAt when to ask again; null: there is a slot
   */
  void answered(@Nullable Long retryAt, long now, RechargeOutbox out) {
    if (!(state instanceof Claiming claiming)) {
      return;
    }
    if (retryAt == null) {
      send(claiming.recharge(), claiming.claimedCard(), now, out);
    } else if (retryAt <= now) {
      // It was so long on its way that there is nothing to wait for any more.
      claim(claiming.recharge(), claiming.claimedCard(), now, out);
    } else {
      Cooldown cooldown = new Cooldown(claiming.recharge(), retryAt, false, null);
      state = cooldown;
      out.delayed(cooldown);
    }
  }

  /** When time alone has a consequence; null if it has none. */
  @Nullable Long dueAt(long resendAfter) {
    if (state instanceof Claiming claiming) {
      return claiming.askedAt() + resendAfter;
    } else if (state instanceof Pending pending && !pending.stalled()) {
      return pending.firstSentAt() + pending.sends() * resendAfter;
    } else if (state instanceof Cooldown cooldown) {
      return cooldown.retryAt();
    }
    return null;
  }

  /** Its time has come: the claim is asked again, the attempt sent again, or the next one made. */
  void passDeadline(long now, RechargeOutbox out) {
    if (state instanceof Claiming claiming) {
      claim(claiming.recharge(), claiming.claimedCard(), now, out);
    } else if (state instanceof Pending pending) {
      passDeadline(pending, out);
    } else if (state instanceof Cooldown cooldown) {
      request(cooldown.recharge(), now, out);
    }
  }

  private void passDeadline(Pending before, RechargeOutbox out) {
    boolean stalls = before.sends() == SENDS;
    int sends = stalls ? SENDS : before.sends() + 1;
    Pending pending =
        new Pending(before.recharge(), before.claimedCard(), sends, before.firstSentAt(), stalls);
    state = pending;
    if (stalls) {
      out.stalled(pending);
    } else {
      out.send(pending, RechargeReason.UNKNOWN_OUTCOME);
    }
  }

  // Results.

  /** A payment, or a decline, named its card. */
  void seeCard(@Nullable String seen, long occurredAt) {
    if (seen != null && occurredAt >= cardAt) {
      card = seen;
      cardAt = occurredAt;
    }
  }

  /** Whether this is the id of the recharge in flight: any attempt of it may succeed. */
  boolean isInFlight(String accountId, @Nullable String rechargeId) {
    return state instanceof InFlight inFlight
        && inFlight.recharge().id(accountId).equals(rechargeId);
  }

  /** The recharge in flight was paid. */
  void succeeded(RechargeOutbox out) {
    if (state instanceof InFlight inFlight) {
      release(inFlight, null, out);
      state = new Armed();
      out.judgeRecharge();
      useWaiting(out);
    }
  }

  /** Whether this is the attempt that is out: the only one that can be declined. */
  boolean isPending(String accountId, @Nullable String key) {
    return state instanceof Pending pending && pending.recharge().key(accountId).equals(key);
  }

  /**
   * The attempt that is out was declined; nothing if none is out.
   *
   * @param known what its code asks for; null if nobody knows the code
   * @param declinedCard null if it is not known
   */
  void declined(
      @Nullable Decline known, @Nullable String declinedCard, long now, RechargeOutbox out) {
    if (!(state instanceof Pending pending)) {
      return;
    }
    Recharge recharge = pending.recharge();
    release(pending, declinedCard, out);
    StopReason stop = AfterDecline.stopReason(known, recharge);
    if (stop == null) {
      state =
          new Cooldown(
              recharge.declined(known == null),
              now + AfterDecline.delay(known, recharge),
              AfterDecline.waitsForIssuer(known),
              declinedCard == null ? card : declinedCard);
    } else {
      month.uncount(recharge);
      state = new Stopped(stop);
    }
    out.declined(recharge, state);
    useWaiting(out);
  }

  /** Frees the slot of an attempt, unless the decline of its card has taken its place. */
  private static void release(
      InFlight inFlight, @Nullable String declinedCard, RechargeOutbox out) {
    String claimed = inFlight.claimedCard();
    if (claimed != null && !claimed.equals(declinedCard)) {
      out.release(claimed, inFlight.recharge());
    }
  }

  /** The bank lets payments of this card through again; null: of whichever card it was. */
  void issuerCleared(@Nullable String clearedCard, long occurredAt, long now) {
    if (state instanceof Cooldown cooldown
        && cooldown.waitsForIssuer()
        && (clearedCard == null || clearedCard.equals(cooldown.declinedCard()))) {
      long retryAt = Math.max(now, occurredAt + AfterDecline.ISSUER_DELAY);
      state = new Cooldown(cooldown.recharge(), retryAt, true, cooldown.declinedCard());
    }
  }

  /**
   * Nobody is charged any more who took money back, until new settings come.
   *
   * @return whether this stopped it
   */
  boolean disputeLost(RechargeOutbox out) {
    if (state instanceof Off || (state instanceof Stopped s && s.reason().isForGood())) {
      return false;
    }
    giveUp(out);
    useWaiting(out);
    if (state instanceof Off) {
      return false;
    }
    state = new Stopped(StopReason.DISPUTE);
    return true;
  }
}
