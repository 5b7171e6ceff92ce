package io.tollgate.domain.account;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which money of which lot may be spent: by anybody until the lot expires, by usage from before for
 * a while longer, and by the holds that were opened before for as long as they are open.
 */
final class Spendable {

  private Spendable() {}

  /**
   * How much of each lot, by position, open holds keep once it has expired: what those opened
   * before its end hold and earlier lots do not back.
   */
  static long[] keptForHolds(Books books) {
    List<Lot> lots = books.lots;
    long[] kept = new long[lots.size()];
    long backed = 0;
    for (int i = 0; i < kept.length; i++) {
      Lot lot = lots.get(i);
      long unbacked = books.holds.nanosOpenedBefore(lot.expiresAt()) - backed;
      kept[i] = Math.max(0, Math.min(lot.unfrozen(), unbacked));
      backed += kept[i];
    }
    return kept;
  }

  /** Posted less what is frozen, and what has expired by then and is not kept for holds. */
  static long usable(Books books, long at) {
    long usable = books.posted;
    long[] kept = null;
    for (int i = 0; i < books.lots.size(); i++) {
      Lot lot = books.lots.get(i);
      if (lot.expiresAt() <= at) {
        kept = kept == null ? keptForHolds(books) : kept;
        usable -= lot.remaining() - kept[i];
      } else {
        usable -= lot.frozen();
      }
    }
    return usable;
  }

  /**
   * How much of each lot, by position, usage may take.
   *
   * @param occurredAt when it happened
   * @param hold its own hold; null if it has none, or no longer
   * @param now rule time
   */
  static long[] byUsage(Books books, long occurredAt, @Nullable Hold hold, long now) {
    long[] most = new long[books.lots.size()];
    long[] kept = null;
    long held = hold == null ? 0 : hold.nanos();
    for (int i = 0; i < most.length; i++) {
      Lot lot = books.lots.get(i);
      if (lot.pays(occurredAt)) {
        most[i] = lot.unfrozen();
      } else if (hold != null && hold.openedAt() < lot.expiresAt()) {
        kept = kept == null ? keptForHolds(books) : kept;
        most[i] = Math.min(held, lot.expiresAt() <= now ? kept[i] : lot.unfrozen());
        held -= most[i];
      }
    }
    return most;
  }
}
