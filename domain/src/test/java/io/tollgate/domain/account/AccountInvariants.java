package io.tollgate.domain.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.effect.Effect;
import io.tollgate.domain.effect.Effect.AccountBalance;
import io.tollgate.domain.effect.Effect.BalanceAlert;
import io.tollgate.domain.effect.Effect.EntryFlag;
import io.tollgate.domain.effect.Effect.EntryType;
import io.tollgate.domain.effect.Effect.LedgerEntry;
import io.tollgate.domain.effect.Effect.Lifetime;
import io.tollgate.domain.effect.Effect.LotBalance;
import io.tollgate.domain.effect.Effect.LotMovement;
import io.tollgate.domain.effect.Effect.UsageLine;
import io.tollgate.domain.event.AccountEvent;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What holds of an account after every step, whatever happened to it. */
final class AccountInvariants {

  private static final BigInteger MILLIONTHS = BigInteger.valueOf(1_000_000);

  private long version;
  private long balance;
  private long debt;
  private long time = Long.MIN_VALUE;
  private BigInteger exactCost = BigInteger.ZERO;
  private final Map<String, Long> movedByLot = new HashMap<>();
  private final Set<String> alertIds = new HashSet<>();
  private final RechargeInvariants recharges = new RechargeInvariants();

  /** Checks what a step made of the account; no event: time made it. */
  void check(@Nullable Account before, @Nullable AccountEvent event, Decision.Applied applied) {
    recharges.check(before, event, applied);
    for (Effect effect : applied.effects()) {
      assertThat(effect.accountId()).isEqualTo(applied.account().id());
      if (effect instanceof LedgerEntry entry) {
        check(entry);
      } else if (effect instanceof BalanceAlert alert) {
        assertThat(alertIds.add(alert.alertId())).as("%s fires once", alert.alertId()).isTrue();
      }
    }
    Account account = applied.account();
    assertThat(account.ruleTime()).as("rule time").isGreaterThanOrEqualTo(time);
    time = account.ruleTime();
    check(account.balance());
    assertThat(account.books.carry).isBetween(0, 999_999);
    assertThat(account.books.lots).isSortedAccordingTo(Lot.DRAIN_ORDER);
    check(account.books);
  }

  /** What is kept for holds is no more than they hold, and nothing else outlives the grace. */
  private static void check(Books books) {
    long[] kept = Spendable.keptForHolds(books);
    assertThat(LongStream.of(kept).sum()).isLessThanOrEqualTo(books.holds.nanos());
    for (int i = 0; i < kept.length; i++) {
      Lot lot = books.lots.get(i);
      assertThat(kept[i]).isBetween(0L, lot.remaining());
      if (lot.stage() == Lot.Stage.WRITTEN_OFF) {
        assertThat(lot.remaining()).as("left of an expired lot").isEqualTo(kept[i]);
      }
    }
  }

  private void check(LedgerEntry entry) {
    version++;
    assertThat(entry.version()).as("versions have no gap").isEqualTo(version);
    assertThat(entry.entryId()).isEqualTo(entry.accountId() + ":" + version);
    assertThat(entry.balanceBeforeNanos()).as("the chain of balances").isEqualTo(balance);
    assertThat(entry.balanceAfterNanos()).isEqualTo(balance + entry.amountNanos());
    long moved = entry.lotMovements().stream().mapToLong(LotMovement::deltaNanos).sum();
    assertThat(entry.amountNanos())
        .as("amount = Σ movements − change of debt")
        .isEqualTo(moved - (entry.debtAfterNanos() - debt));
    for (LotMovement movement : entry.lotMovements()) {
      assertThat(movement.deltaNanos()).isNotZero();
      movedByLot.merge(movement.lotId(), movement.deltaNanos(), Math::addExact);
    }
    if (entry.type() == EntryType.USAGE && !entry.flags().contains(EntryFlag.NOT_CHARGED)) {
      for (UsageLine line : entry.lines()) {
        exactCost =
            exactCost.add(
                BigInteger.valueOf(line.quantity())
                    .multiply(BigInteger.valueOf(line.nanosPerMillion())));
      }
    }
    balance = entry.balanceAfterNanos();
    debt = entry.debtAfterNanos();
  }

  private static List<Long> ever(Lifetime ever) {
    return List.of(
        ever.purchased(),
        ever.granted(),
        ever.used(),
        ever.expired(),
        ever.refunded(),
        ever.disputed(),
        ever.voided(),
        ever.writtenOff());
  }

  private void check(AccountBalance now) {
    List<LotBalance> lots = now.lots();
    assertThat(now.postedNanos()).as("posted is the last entry's balance").isEqualTo(balance);
    assertThat(now.version()).isEqualTo(version);
    assertThat(now.debtNanos()).isEqualTo(debt).isNotNegative();
    assertThat(now.heldNanos()).isNotNegative();
    assertThat(now.availableNanos()).isLessThanOrEqualTo(now.postedNanos() - now.heldNanos());
    assertThat(lots).allSatisfy(lot -> assertThat(lot.remainingNanos()).isPositive());
    assertThat(lots)
        .allSatisfy(lot -> assertThat(lot.frozenNanos()).isBetween(0L, lot.remainingNanos()));
    assertThat(ever(now.lifetime())).as("what moved one way").allMatch(moved -> moved >= 0);
    assertThat(now.postedNanos())
        .as("posted = Σ lots − debt")
        .isEqualTo(lots.stream().mapToLong(LotBalance::remainingNanos).sum() - debt);
    Lifetime ever = now.lifetime();
    assertThat(now.postedNanos())
        .as("lifetime")
        .isEqualTo(
            ever.purchased()
                + ever.granted()
                - ever.used()
                - ever.expired()
                - ever.refunded()
                - ever.disputed()
                - ever.voided());
    assertThat(BigInteger.valueOf(ever.used()).add(BigInteger.valueOf(ever.writtenOff())))
        .as("debited with write-offs is the floor of the exact total")
        .isEqualTo(exactCost.divide(MILLIONTHS));
    Map<String, Long> left = new HashMap<>();
    lots.forEach(lot -> left.merge(lot.lotId(), lot.remainingNanos(), Math::addExact));
    movedByLot.values().removeIf(moved -> moved == 0);
    assertThat(left).as("each lot is the sum of its movements").isEqualTo(movedByLot);
  }
}
