package io.tollgate.domain.account;

import io.tollgate.domain.claims.ClaimRules;
import io.tollgate.domain.claims.ClaimState;
import io.tollgate.domain.effect.Effect;
import io.tollgate.domain.effect.Effect.ClaimAction;
import io.tollgate.domain.effect.Effect.ClaimKind;
import io.tollgate.domain.effect.Effect.ClaimRequested;
import io.tollgate.domain.event.AccountEvent.ClaimAnswered;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The registry of claims as one account meets it: answers come at once, later, or not at all, and
 * other accounts use up the budget of its card.
 */
final class RandomRegistry {

  private final Random random;
  private final Map<String, ClaimState> states = new HashMap<>();
  private final Deque<ClaimAnswered> answers = new ArrayDeque<>();

  RandomRegistry(long seed) {
    random = new Random(seed);
  }

  /** Declines of a card in another account. */
  void declineElsewhere(String card, int times, long at) {
    for (int i = 0; i < times; i++) {
      decide(
          new ClaimRequested(
              ClaimKind.CARD,
              ClaimAction.DECLINED,
              ClaimKind.CARD.keyOf(card),
              "bolt",
              "bolt:" + i + ":1",
              "f" + i + ":1",
              at,
              at));
    }
  }

  /** Decides what is claimed. */
  void take(List<Effect> effects) {
    for (Effect effect : effects) {
      if (effect instanceof ClaimRequested request) {
        ClaimAnswered answer = decide(request);
        if (answer != null && random.nextInt(8) != 0) {
          answers.add(answer);
        }
      }
    }
  }

  private @Nullable ClaimAnswered decide(ClaimRequested request) {
    ClaimRules.Verdict verdict = ClaimRules.decide(states.get(request.claimKey()), request);
    if (verdict.state() == null) {
      states.remove(request.claimKey());
    } else {
      states.put(request.claimKey(), verdict.state());
    }
    return verdict.answer();
  }

  /** The next answer that arrives; null: none now. */
  @Nullable ClaimAnswered next() {
    return random.nextInt(4) == 0 ? null : answers.poll();
  }
}
