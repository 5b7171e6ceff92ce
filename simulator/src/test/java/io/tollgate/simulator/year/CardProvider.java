package io.tollgate.simulator.year;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.events.RechargeRequested;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.simulator.history.Dice;
import io.tollgate.simulator.history.Events;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A payment provider: decides each idempotency key once and charges at most once for it, whatever
 * is asked how often. Its answers come soon, late, twice, only when asked again, or never.
 */
final class CardProvider {

  /** By class: for good, the customer's to mend, the bank's, to be tried again, and unheard of. */
  private static final List<String> DECLINES =
      List.of(
          "stolen_card",
          "expired_card",
          "do_not_honor",
          "insufficient_funds",
          "processing_error",
          "never_heard_of");

  private static final List<String> NETWORK_ADVICE = List.of("02", "24", "25", "01", "03");

  /** What ids of its payments begin with, before the idempotency key. */
  static final String CHARGE = "charge-";

  private static final int DECLINES_OF_A_CARD = 15;
  private static final long DECLINE_WINDOW = 30 * Customer.DAY;

  /** What was decided for a key; what is not told at once is told when it is asked again. */
  private record Decision(String type, ObjectNode event) {}

  private final VirtualYear year;
  private final Dice dice;
  private final Map<String, Decision> byKey = new HashMap<>();
  private final Set<String> lost = new HashSet<>();
  private final Map<String, Long> chargedByRecharge = new TreeMap<>();
  private final Map<String, List<Long>> declinesByCard = new TreeMap<>();

  CardProvider(VirtualYear year, long seed) {
    this.year = year;
    this.dice = new Dice(seed);
  }

  void charge(RechargeRequested request, Customer customer) {
    String key = request.getIdempotencyKey();
    Decision before = byKey.get(key);
    if (before != null) {
      answer(before, dice.between(1, 20) * Customer.SECOND);
      return;
    }
    if (!year.isOpen() || lost.contains(key) || dice.percent(2)) {
      lost.add(key); // never heard of: nothing is charged, and nothing said
      return;
    }
    Decision decision = decide(request, customer);
    byKey.put(key, decision);
    int luck = dice.below(100);
    if (luck < 4) {
      answer(decision, dice.between(16, 300) * Customer.MINUTE);
    } else if (luck >= 8) { // else its answer is lost until it is asked again
      answer(decision, dice.between(1, 20) * Customer.SECOND);
    }
  }

  private void answer(Decision decision, long delay) {
    year.after(delay, () -> tell(decision));
    if (dice.percent(5)) {
      year.after(delay + dice.between(1, 50) * Customer.HOUR / 10, () -> tell(decision));
    }
  }

  private void tell(Decision decision) {
    year.send(TopicCatalogue.PAYMENT_EVENTS.name(), decision.type(), decision.event().deepCopy());
  }

  private Decision decide(RechargeRequested request, Customer customer) {
    String account = request.getAccountId();
    String payment = CHARGE + request.getIdempotencyKey();
    long amount = request.getAmountNanos();
    String now = year.isoNow();
    ObjectNode event;
    if (dice.percent(customer.declinePercent())) {
      event = Events.decline(payment, account, now, amount, dice.oneOf(DECLINES));
      if (dice.percent(20)) {
        event.put("networkAdviceCode", dice.oneOf(NETWORK_ADVICE));
      }
      declinesByCard.computeIfAbsent(customer.card(), card -> new ArrayList<>()).add(year.now());
    } else {
      event = Events.purchase(payment, account, now, amount);
      assertThat(chargedByRecharge.put(request.getRechargeId(), amount))
          .as("an earlier charge of %s", request.getRechargeId())
          .isNull();
      year.books().expect(account).purchased += amount;
      customer.paid(payment, amount);
    }
    event.put("rechargeId", request.getRechargeId());
    event.put("attempt", request.getAttempt());
    event.put("cardFingerprint", customer.card());
    return new Decision(event.has("declineCode") ? "PaymentFailed" : "PaymentSucceeded", event);
  }

  void checkAtTheEnd(YearBooks books) {
    assertThat(books.succeededRecharges())
        .as("what was credited is what was charged, recharge by recharge")
        .isEqualTo(chargedByRecharge);
    declinesByCard.forEach(
        (card, times) -> {
          for (int i = DECLINES_OF_A_CARD; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - DECLINES_OF_A_CARD))
                .as("declines %d to %d of %s in one window", i - DECLINES_OF_A_CARD, i, card)
                .isGreaterThanOrEqualTo(DECLINE_WINDOW);
          }
        });
  }
}
