package io.tollgate.domain.account;

import org.jspecify.annotations.Nullable;

/** Where the auto-recharge of an account stands. */
sealed interface RechargeState {

  /** Not wanted. */
  record Off() implements RechargeState {}

  /** Fires when the balance is low. */
  record Armed() implements RechargeState {}

  /** A recharge is on its way. */
  sealed interface InFlight extends RechargeState {

    Recharge recharge();

    /** The card of whose budget the attempt has, or wants, a slot; null: of none. */
    @Nullable String claimedCard();
  }

  /**
   * The budget of the card has been asked; nothing has gone out yet.
   *
   * @param askedAt when it was last asked
   */
  record Claiming(Recharge recharge, String claimedCard, long askedAt) implements InFlight {}

  /**
   * A request is out.
   *
   * @param sends how often this attempt was sent
   * @param firstSentAt when it was sent first
   * @param stalled whether its last deadline passed without a word
   */
  record Pending(
      Recharge recharge, @Nullable String claimedCard, int sends, long firstSentAt, boolean stalled)
      implements InFlight {}

  /**
   * The next attempt waits for its time.
   *
   * @param waitsForIssuer whether a call to the bank moves it
   * @param declinedCard the card that was declined; null if it is not known, or none was
   */
  record Cooldown(
      Recharge recharge, long retryAt, boolean waitsForIssuer, @Nullable String declinedCard)
      implements InFlight {

    @Override
    public @Nullable String claimedCard() {
      return null;
    }
  }

  /** Stopped until the customer does something. */
  record Stopped(StopReason reason) implements RechargeState {}

  /** Why it was stopped. */
  enum StopReason {
    /** The card needs the customer's attention. */
    CUSTOMER(false),
    /** The card must not be tried again. */
    CARD(true),
    /** One recharge was declined too often. */
    DECLINES(true),
    /** A dispute was lost. */
    DISPUTE(true);

    private final boolean forGood;

    StopReason(boolean forGood) {
      this.forGood = forGood;
    }

    /** Whether only new settings start it again: otherwise a purchase does too. */
    boolean isForGood() {
      return forGood;
    }
  }
}
