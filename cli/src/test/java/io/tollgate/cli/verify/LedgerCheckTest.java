package io.tollgate.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.events.AccountBalance;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.Lifetime;
import io.tollgate.events.LotMovement;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LedgerCheckTest {

  private final LedgerCheck check = new LedgerCheck();

  @Test
  void shouldHoldForSoundBooksWhereverBalancesComeIn() {
    check.add(Books.balanceAtFour("first"));
    Books.entries("first").forEach(check::add);
    Books.entries("last").forEach(check::add);
    check.add(Books.balanceAtFour("last"));

    LedgerCheck.Result result = check.result();

    assertThat(result.findings()).isEmpty();
    assertThat(result.holds()).isTrue();
    assertThat(result.accounts()).isEqualTo(2);
    assertThat(result.entries()).isEqualTo(8);
    assertThat(result.compared()).isEqualTo(2);
    assertThat(result.lagging()).isZero();
    assertThat(result.totals())
        .containsOnlyKeys("USD")
        .containsEntry("USD", new LedgerCheck.Totals(BigInteger.valueOf(8), BigInteger.valueOf(8)));
  }

  @Test
  void shouldHoldForNothing() {
    assertThat(check.result().holds()).isTrue();
  }

  @Test
  void shouldHoldForABalanceWithoutEntries() {
    check.add(
        AccountBalance.newBuilder(Books.balanceAtTwo("a"))
            .setVersion(0)
            .setPostedNanos(0)
            .setLots(List.of())
            .setLifetime(Lifetime.newBuilder().build())
            .build());

    assertThat(check.result().findings()).isEmpty();
  }

  @Test
  void shouldCompareABalanceThatLagsAtItsOwnVersion() {
    check.add(Books.balanceAtTwo("a"));
    Books.entries("a").forEach(check::add);

    LedgerCheck.Result result = check.result();

    assertThat(result.findings()).isEmpty();
    assertThat(result.lagging()).isEqualTo(1);
    assertThat(result.totals())
        .containsEntry("USD", new LedgerCheck.Totals(BigInteger.valueOf(7), BigInteger.valueOf(7)));
  }

  @Test
  void shouldNotLagBehindEntriesThatCameAfterTheTarget() {
    List<LedgerEntry> entries = Books.entries("a");
    check.add(Books.balanceAtTwo("a"));
    entries.subList(0, 2).forEach(check::add);
    check.setTarget();
    entries.subList(2, 4).forEach(check::add);

    assertThat(check.lagging()).isZero();
  }

  @Test
  void shouldFindAGapOnceAndGoOn() {
    List<LedgerEntry> entries = Books.entries("a");
    check.add(entries.get(0));
    check.add(entries.get(2));
    check.add(entries.get(3));
    check.add(Books.balanceAtFour("a"));

    assertThat(check.result().findings())
        .containsExactly(
            "account a, entry 3: it follows version 1; versions have no gaps and occur once");
  }

  @Test
  void shouldFindAnEntryThatOccursTwice() {
    List<LedgerEntry> entries = Books.entries("a");
    check.add(entries.get(0));
    check.add(entries.get(0));

    assertThat(check.result().findings().get(0)).contains("entry 1: it follows version 1");
  }

  @Test
  void shouldFindAForeignId() {
    assertThat(tampered(entry -> entry.setEntryId("b:2")))
        .containsExactly("account a, entry 2: its id is b:2, not a:2");
  }

  @Test
  void shouldFindABrokenChain() {
    assertThat(
            tampered(
                entry -> {
                  entry.setBalanceBeforeNanos(11);
                  entry.setBalanceAfterNanos(8);
                }))
        .startsWith("account a, entry 2: the balance before is 11, the entry before it left 10")
        .anyMatch(finding -> finding.startsWith("account a, entry 3: the balance before is 7"));
  }

  @Test
  void shouldFindAnAmountThatDoesNotMakeTheBalance() {
    assertThat(tampered(entry -> entry.setAmountNanos(-2)))
        .startsWith(
            "account a, entry 2: the amount is -2, but lots less debt changed by -3",
            "account a, entry 2: the balance after is 7, but before and amount make 8");
  }

  @Test
  void shouldFindMoneyThatMovedInTheWrongLot() {
    assertThat(tampered(entry -> entry.setLotMovements(List.of(new LotMovement("p9", -3L)))))
        .startsWith("account a, entry 2: lot p9 is left with -3, below zero")
        .anyMatch(finding -> finding.contains("balance at 4: its lots differ"));
  }

  @Test
  void shouldFindDebtThatComesFromNowhere() {
    assertThat(tampered(entry -> entry.setDebtAfterNanos(-1)))
        .contains("account a, entry 2: the debt is -1, below zero");
  }

  @Test
  void shouldFindAmountsThatOverflow() {
    assertThat(
            tampered(
                entry ->
                    entry.setLotMovements(
                        List.of(
                            new LotMovement("p1", Long.MIN_VALUE), new LotMovement("p1", -1L)))))
        .contains("account a, entry 2: amounts overflow");
  }

  @Test
  void shouldFindABalanceThatDiffersFromTheLedger() {
    Books.entries("a").forEach(check::add);
    AccountBalance balance = Books.balanceAtFour("a");
    balance.setPostedNanos(5);
    balance.setDebtNanos(1);
    check.add(balance);

    assertThat(check.result().findings())
        .containsExactly(
            "USD: the ledger adds up to 4 nanos, the balances to 5",
            "account a, balance at 4: it has 5 posted, but its lifetime adds up to 4",
            "account a, balance at 4: it has 5 posted, but lots less debt are 3",
            "account a, balance at 4: it has 5 posted, the ledger 4",
            "account a, balance at 4: it has a debt of 1, the ledger 0");
  }

  @Test
  void shouldFindALifetimeThatAddsUpOtherwise() {
    Books.entries("a").forEach(check::add);
    AccountBalance balance = Books.balanceAtFour("a");
    balance.getLifetime().setPurchased(16);
    balance.getLifetime().setUsed(12);
    check.add(balance);

    assertThat(check.result().findings())
        .singleElement()
        .asString()
        .startsWith("account a, balance at 4: its lifetime is ");
  }

  @Test
  void shouldFindALotThatTheBalanceHides() {
    Books.entries("a").subList(0, 2).forEach(check::add);
    AccountBalance balance = Books.balanceAtTwo("a");
    balance.setLots(List.of());
    check.add(balance);

    assertThat(check.result().findings())
        .contains(
            "account a, balance at 2: its lots differ from the ledger's: p1 with 7 left is missing");
  }

  @Test
  void shouldFindAnAccountWithoutBalanceAndABalanceAheadOfItsLedger() {
    Books.entries("a").forEach(check::add);
    check.add(Books.balanceAtTwo("b"));

    assertThat(check.unmatched()).isEqualTo(2);
    assertThat(check.result().findings())
        .containsExactlyInAnyOrder(
            "account a: the ledger has 4 versions, but there is no balance",
            "account b: its balance is at version 2, the ledger ends at 0");
  }

  @Test
  void shouldShowTheFirstFindingsAndCountThemAll() {
    for (int i = 0; i < 25; i++) {
      check.addForeign("ledger-entries-0@" + i, "no record");
    }

    assertThat(check.result().findingCount()).isEqualTo(25);
    assertThat(check.result().findings()).hasSize(20).startsWith("ledger-entries-0@0: no record");
  }

  /** What is found if the second of sound entries is changed. */
  private List<String> tampered(Consumer<LedgerEntry> change) {
    List<LedgerEntry> entries = new ArrayList<>(Books.entries("a"));
    LedgerEntry entry = LedgerEntry.newBuilder(entries.get(1)).build();
    change.accept(entry);
    entries.set(1, entry);
    entries.forEach(check::add);
    check.add(Books.balanceAtFour("a"));
    return check.result().findings();
  }
}
