package io.tollgate.simulator.year;

import static io.tollgate.simulator.year.Customer.DAY;
import static io.tollgate.simulator.year.Customer.DOLLAR;
import static io.tollgate.simulator.year.Customer.HOUR;

import io.tollgate.simulator.history.Dice;
import org.jspecify.annotations.Nullable;

/**
 * How a customer lives.
 *
 * @param longestPause between two uses, in milliseconds; 0: nothing is ever used
 * @param target of automatic recharges; 0: the customer buys by hand
 * @param monthlyLimit of automatic recharges; null: none
 * @param declinePercent how often the card is declined
 */
record Habits(long longestPause, long target, @Nullable Long monthlyLimit, int declinePercent) {

  private static final int BAD_CARD_PERCENT = 90;

  static Habits of(Dice dice) {
    long longestPause =
        dice.oneOf(0L, 40 * HOUR, 40 * HOUR, 8 * DAY, 8 * DAY, 8 * DAY, 8 * DAY, 40 * DAY);
    long target = dice.between(10, 30) * DOLLAR;
    boolean automatic = longestPause > 0 && dice.percent(70);
    Long limit = automatic && dice.percent(50) ? dice.between(1, 4) * target : null;
    int declines = dice.oneOf(5, 5, 5, 5, 5, 5, 5, 40, BAD_CARD_PERCENT, BAD_CARD_PERCENT);
    return new Habits(longestPause, automatic ? target : 0, limit, declines);
  }

  boolean usesAnything() {
    return longestPause > 0;
  }

  boolean rechargesAutomatically() {
    return target > 0;
  }

  boolean hasBadCard() {
    return declinePercent == BAD_CARD_PERCENT;
  }

  long pause(Dice dice) {
    return dice.between(1, longestPause);
  }
}
