package io.tollgate.domain.account;

import io.tollgate.domain.DeclineTable.Decline;
import io.tollgate.domain.DeclineTable.DeclineClass;
import io.tollgate.domain.UtcCalendar;
import io.tollgate.domain.account.RechargeState.StopReason;
import org.jspecify.annotations.Nullable;

/** What follows the decline of an attempt, by what is known of its code. */
final class AfterDecline {

  /** How long an issuer may take to let a payment through after it was asked to. */
  static final long ISSUER_DELAY = UtcCalendar.HOUR_MILLIS;

  /** Whoever was declined so often is not tried again, whatever the code says. */
  private static final int LAST_ATTEMPT = 4;

  /** How long the next attempt waits, by attempt, where the code does not say. */
  private static final long[] RETRY_DELAYS = {
    UtcCalendar.HOUR_MILLIS, UtcCalendar.DAY_MILLIS, 3 * UtcCalendar.DAY_MILLIS
  };

  private AfterDecline() {}

  /** Null if there is another attempt: a code that nobody knows is worth one. */
  static @Nullable StopReason stopReason(@Nullable Decline known, Recharge recharge) {
    if (recharge.attempt() >= LAST_ATTEMPT) {
      return StopReason.DECLINES;
    }
    if (known == null) {
      return recharge.hadUnknownDecline() ? StopReason.CUSTOMER : null;
    }
    return switch (known.declineClass()) {
      case STOP -> StopReason.CARD;
      case CUSTOMER -> StopReason.CUSTOMER;
      case ISSUER, RETRY -> null;
    };
  }

  static boolean waitsForIssuer(@Nullable Decline known) {
    return known != null && known.declineClass() == DeclineClass.ISSUER;
  }

  /** How long the next attempt waits, in milliseconds. */
  static long delay(@Nullable Decline known, Recharge recharge) {
    if (known != null && known.delayMillis() != null) {
      return known.delayMillis();
    }
    return waitsForIssuer(known) ? ISSUER_DELAY : RETRY_DELAYS[recharge.attempt() - 1];
  }
}
