package io.tollgate.domain.account;

import io.tollgate.domain.UtcCalendar;
import io.tollgate.domain.account.Lot.Stage;
import io.tollgate.domain.effect.Effect.AlertType;
import io.tollgate.domain.effect.Effect.EntryType;
import io.tollgate.domain.effect.Effect.LotMovement;
import io.tollgate.domain.identity.Remembered;
import java.util.List;

/** The end of expired money: what no hold keeps of a lot whose time for late usage is over. */
final class WriteOff {

  private WriteOff() {}

  /** Writes off what may go by now. */
  static void judge(Step step) {
    Books books = step.account.books;
    if (books.lots.stream().noneMatch(lot -> lot.stage() == Stage.WRITTEN_OFF)) {
      return;
    }
    long[] kept = Spendable.keptForHolds(books);
    for (int i = 0; i < kept.length; i++) {
      Lot lot = books.lots.get(i);
      long rest = lot.remaining() - kept[i];
      if (lot.stage() == Stage.WRITTEN_OFF && rest > 0) {
        writeOff(step, i, rest);
      }
    }
    books.dropEmptyLots();
  }

  private static void writeOff(Step step, int index, long nanos) {
    Books books = step.account.books;
    Lot lot = books.lots.get(index);
    long balanceBefore = books.posted;
    books.take(index, nanos);
    books.expired += nanos;
    if (lot.purchased()) {
      step.remember(new Remembered.Expired(lot.lotId(), nanos));
    }
    step.entry(
        EntryType.EXPIRY,
        step.occurredAt,
        balanceBefore,
        List.of(new LotMovement(lot.lotId(), -nanos)));
    step.alert(
        AlertType.CREDIT_EXPIRED,
        lot.lotId() + ":" + books.version,
        "%s of credit %s expired at %s."
            .formatted(step.money(nanos), lot.lotId(), UtcCalendar.text(lot.expiresAt())));
  }
}
