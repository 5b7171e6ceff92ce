package io.tollgate.domain.claims;

import static java.util.Objects.requireNonNull;

import io.tollgate.domain.UtcCalendar;
import io.tollgate.domain.effect.Effect.ClaimAction;
import io.tollgate.domain.effect.Effect.ClaimKind;
import io.tollgate.domain.effect.Effect.ClaimRequested;
import io.tollgate.domain.event.AccountEvent.ClaimAnswered;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A registry on the heap that keeps what it knows as bytes, like the real one. */
final class Registry {

  static final long DAY = UtcCalendar.DAY_MILLIS;

  private final Map<String, byte[]> store = new HashMap<>();

  ClaimAnswered phone(String hash, String account, long at) {
    return answered(ClaimRequested.claim(ClaimKind.PHONE, hash, account, hash, at));
  }

  ClaimAnswered identity(String hash, String account, String subject, long at) {
    return answered(ClaimRequested.claim(ClaimKind.IDENTITY, hash, account, subject, at));
  }

  ClaimAnswered card(String card, String account, String attempt, long at) {
    return answered(ClaimRequested.claim(ClaimKind.CARD, card, account, attempt, at));
  }

  void declined(String card, String account, String attempt, String payment, long occurredAt) {
    silent(request(ClaimAction.DECLINED, card, account, attempt, payment, occurredAt));
  }

  void released(String card, String account, String attempt) {
    silent(request(ClaimAction.RELEASED, card, account, attempt, null, null));
  }

  private static ClaimRequested request(
      ClaimAction action,
      String card,
      String account,
      String attempt,
      @Nullable String payment,
      @Nullable Long occurredAt) {
    return new ClaimRequested(
        ClaimKind.CARD,
        action,
        ClaimKind.CARD.keyOf(card),
        account,
        attempt,
        payment,
        0,
        occurredAt);
  }

  private ClaimAnswered answered(ClaimRequested request) {
    return requireNonNull(decide(request).answer(), "a claim is answered");
  }

  private void silent(ClaimRequested request) {
    if (decide(request).answer() != null) {
      throw new AssertionError("nobody asked for an answer to " + request);
    }
  }

  ClaimRules.Verdict decide(ClaimRequested request) {
    byte[] before = store.get(request.claimKey());
    ClaimRules.Verdict verdict =
        ClaimRules.decide(before == null ? null : ClaimCodec.decode(before), request);
    if (verdict.state() == null) {
      store.remove(request.claimKey());
    } else {
      store.put(request.claimKey(), ClaimCodec.encode(verdict.state()));
    }
    return verdict;
  }

  int size() {
    return store.size();
  }
}
