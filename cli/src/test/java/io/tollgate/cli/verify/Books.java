package io.tollgate.cli.verify;

import io.tollgate.events.AccountBalance;
import io.tollgate.events.Cause;
import io.tollgate.events.EntryType;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.Lifetime;
import io.tollgate.events.LotBalance;
import io.tollgate.events.LotKind;
import io.tollgate.events.LotMovement;
import io.tollgate.schemas.TrustedTypes;
import java.time.Instant;
import java.util.List;

/** The small, sound books of one account, for tests to tamper with. */
public final class Books {

  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  static {
    TrustedTypes.trust();
  }

  private Books() {}

  /**
   * A purchase of 10, usage of 3, usage of 8 (1 of it owed), a purchase of 5 that pays the debt.
   */
  public static List<LedgerEntry> entries(String account) {
    return List.of(
        entry(account, 1, EntryType.PURCHASE, 10, 0, 0, new LotMovement("p1", 10L)),
        entry(account, 2, EntryType.USAGE, -3, 10, 0, new LotMovement("p1", -3L)),
        entry(account, 3, EntryType.USAGE, -8, 7, 1, new LotMovement("p1", -7L)),
        entry(account, 4, EntryType.PURCHASE, 5, -1, 0, new LotMovement("p2", 4L)));
  }

  /** The balance after the second entry. */
  public static AccountBalance balanceAtTwo(String account) {
    return AccountBalance.newBuilder()
        .setAccountId(account)
        .setVersion(2)
        .setAsOf(TIME)
        .setPostedNanos(7)
        .setAvailableNanos(7)
        .setLots(List.of(lot("p1", 10, 7)))
        .setLifetime(new Lifetime(10L, 0L, 3L, 0L, 0L, 0L, 0L, 0L))
        .build();
  }

  /** The balance after the last entry. */
  public static AccountBalance balanceAtFour(String account) {
    return AccountBalance.newBuilder()
        .setAccountId(account)
        .setVersion(4)
        .setAsOf(TIME)
        .setPostedNanos(4)
        .setAvailableNanos(4)
        .setLots(List.of(lot("p2", 5, 4)))
        .setLifetime(new Lifetime(15L, 0L, 11L, 0L, 0L, 0L, 0L, 0L))
        .build();
  }

  private static LedgerEntry entry(
      String account,
      long version,
      EntryType type,
      long amount,
      long before,
      long debtAfter,
      LotMovement movement) {
    return LedgerEntry.newBuilder()
        .setEntryId(account + ":" + version)
        .setAccountId(account)
        .setVersion(version)
        .setType(type)
        .setCause(new Cause("usage-events", "c" + version, 0, version))
        .setOccurredAt(TIME)
        .setRecordedAt(TIME)
        .setAmountNanos(amount)
        .setBalanceBeforeNanos(before)
        .setBalanceAfterNanos(before + amount)
        .setLotMovements(List.of(movement))
        .setDebtAfterNanos(debtAfter)
        .build();
  }

  private static LotBalance lot(String id, long granted, long remaining) {
    return LotBalance.newBuilder()
        .setLotId(id)
        .setKind(LotKind.PURCHASED)
        .setGrantedNanos(granted)
        .setRemainingNanos(remaining)
        .setEffectiveAt(TIME)
        .build();
  }
}
