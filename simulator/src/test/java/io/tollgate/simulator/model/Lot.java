package io.tollgate.simulator.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One credit with its own remaining amount and expiry (§5). */
final class Lot implements State {
  /** The order in which usage draws on lots. */
  static final Comparator<Lot> DRAIN_ORDER =
      Comparator.<Lot>comparingLong(lot -> lot.priority)
          .thenComparing(Lot::isPurchased)
          .thenComparing(lot -> lot.expiresAt == null ? Long.MAX_VALUE : lot.expiresAt)
          .thenComparing(lot -> lot.effectiveAt)
          .thenComparing(lot -> lot.id);

  String id = "";
  String kind = "";
  long granted;
  long remaining;
  long priority = 50;
  long effectiveAt;
  @Nullable Long expiresAt;
  long boughtAt;
  long expired;

  boolean started;
  boolean cancelled;
  boolean expiryJudged;
  boolean writtenOff;
  List<Integer> noticeDays = new ArrayList<>();

  boolean isPurchased() {
    return kind.equals("PURCHASED");
  }

  boolean inEffect() {
    return started && remaining > 0;
  }

  boolean isExpiredAt(long time) {
    return expiresAt != null && time >= expiresAt;
  }

  boolean endsAfter(long time) {
    return expiresAt == null || time < expiresAt;
  }
}
