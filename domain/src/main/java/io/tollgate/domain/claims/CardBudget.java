package io.tollgate.domain.claims;

import io.tollgate.domain.UtcCalendar;
import io.tollgate.domain.claims.ClaimRules.Verdict;
import io.tollgate.domain.claims.ClaimState.Card;
import io.tollgate.domain.claims.ClaimState.Decline;
import io.tollgate.domain.claims.ClaimState.Slot;
import io.tollgate.domain.effect.Effect.ClaimRequested;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often a card may be declined over all accounts. An attempt keeps a slot until its outcome is
 * known, so that attempts at the same time count each other.
 */
final class CardBudget {

  static final String CARD_BUDGET_USED_UP = "CARD_BUDGET_USED_UP";

  static final int BUDGET = 15;
  static final long WINDOW = 30 * UtcCalendar.DAY_MILLIS;

  private static final Card UNUSED = new Card(List.of(), List.of());

  private CardBudget() {}

  static Verdict decide(@Nullable Card known, ClaimRequested request) {
    Card card = known == null ? UNUSED : known;
    return switch (request.action()) {
      case CLAIM -> claim(card, request);
      case DECLINED -> new Verdict(declined(card, request), null);
      case RELEASED -> new Verdict(stored(without(card, request), card.declines()), null);
    };
  }

  private static Verdict claim(Card card, ClaimRequested request) {
    long now = request.requestedAt();
    for (Slot slot : card.slots()) {
      if (isOf(slot, request)) {
        return new Verdict(card, ClaimRules.granted(request, slot.at()));
      }
    }
    List<Slot> slots = new ArrayList<>(card.slots());
    slots.removeIf(slot -> slot.at() + WINDOW <= now);
    List<Long> counted = new ArrayList<>();
    slots.forEach(slot -> counted.add(slot.at()));
    card.declines().forEach(decline -> counted.add(decline.at()));
    counted.removeIf(at -> at + WINDOW <= now);
    if (counted.size() >= BUDGET) {
      counted.sort(null);
      long retryAt = counted.get(counted.size() - BUDGET) + WINDOW;
      return new Verdict(
          stored(slots, card.declines()),
          ClaimRules.refused(request, now, CARD_BUDGET_USED_UP, retryAt));
    }
    slots.add(new Slot(request.accountId(), request.subject(), now));
    return new Verdict(stored(slots, card.declines()), ClaimRules.granted(request, now));
  }

  /** The decline takes the place of its attempt's slot, and counts once. */
  private static @Nullable Card declined(Card card, ClaimRequested request) {
    Decline decline =
        new Decline(
            request.accountId(),
            request.payment() == null ? request.subject() : request.payment(),
            request.occurredAt() == null ? request.requestedAt() : request.occurredAt());
    List<Decline> declines = new ArrayList<>(card.declines());
    if (declines.stream().noneMatch(known -> isSame(known, decline))) {
      declines.add(decline);
      declines.sort(Comparator.comparingLong(Decline::at));
    }
    // More than the budget decide nothing: as long as the latest count, the card has to wait.
    List<Decline> latest = declines.subList(Math.max(0, declines.size() - BUDGET), declines.size());
    return stored(without(card, request), latest);
  }

  private static List<Slot> without(Card card, ClaimRequested request) {
    return card.slots().stream().filter(slot -> !isOf(slot, request)).toList();
  }

  private static boolean isOf(Slot slot, ClaimRequested request) {
    return slot.accountId().equals(request.accountId()) && slot.subject().equals(request.subject());
  }

  private static boolean isSame(Decline one, Decline other) {
    return one.accountId().equals(other.accountId()) && one.payment().equals(other.payment());
  }

  private static @Nullable Card stored(List<Slot> slots, List<Decline> declines) {
    return slots.isEmpty() && declines.isEmpty() ? null : new Card(slots, declines);
  }
}
