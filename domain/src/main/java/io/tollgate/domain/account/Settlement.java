package io.tollgate.domain.account;

import io.tollgate.domain.effect.Effect.EntryFlag;
import io.tollgate.domain.identity.AuthorizationRecord;
import io.tollgate.domain.identity.Memory;
import io.tollgate.domain.identity.Permit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ALLOWED authorization that usage names. An id that is unknown, denied or forgotten counts as
 * none.
 *
 * @param hold null if it has ended
 */
record Settlement(Permit permit, @Nullable Hold hold) {

  /** Null for usage that counts as not authorized. */
  static @Nullable Settlement of(
      Account account, @Nullable String authorizationId, Memory memory, long at) {
    if (authorizationId == null) {
      return null;
    }
    Hold hold = account.books.holds.find(authorizationId);
    if (hold != null) {
      return new Settlement(hold.permit(), hold);
    }
    AuthorizationRecord known =
        memory.authorization(AuthorizationRules.identity(account.id, authorizationId), at);
    return known == null || known.permit() == null ? null : new Settlement(known.permit(), null);
  }

  /** How the entry of usage that cost so much is marked. */
  List<EntryFlag> flags(long cost) {
    if (hold == null) {
      return List.of(EntryFlag.LATE_SETTLEMENT);
    }
    return cost > hold.nanos() ? List.of(EntryFlag.OVERRUN) : List.of();
  }

  /** Counts accepted usage that cost so much against the hold, if that is still open. */
  void settle(Step step, long cost) {
    if (hold != null) {
      AuthorizationRules.put(step, hold.settledBy(cost));
    }
  }
}
