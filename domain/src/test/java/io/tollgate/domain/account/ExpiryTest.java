package io.tollgate.domain.account;

import static io.tollgate.domain.account.AccountScenario.CENT;
import static io.tollgate.domain.account.AccountScenario.moved;
import static io.tollgate.domain.account.AccountScenario.time;
import static io.tollgate.domain.event.GrantBuilder.grant;
import static io.tollgate.domain.event.PaymentBuilder.payment;
import static io.tollgate.domain.event.UsageBuilder.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.effect.Effect.AccountBalance;
import io.tollgate.domain.effect.Effect.AccountStatus;
import io.tollgate.domain.effect.Effect.AlertType;
import io.tollgate.domain.effect.Effect.BalanceAlert;
import io.tollgate.domain.effect.Effect.BlockReason;
import io.tollgate.domain.effect.Effect.CreditState;
import io.tollgate.domain.effect.Effect.EntryType;
import io.tollgate.domain.effect.Effect.LedgerEntry;
import org.junit.jupiter.api.Test;

/** The end of a lot: notices before, an hour of grace after, then the write-off. */
class ExpiryTest {

  private static final long START = time("2026-03-01T00:00:00Z");
  private static final long HOUR = 3_600_000L;
  private static final long DAY = 24 * HOUR;
  private static final long END = START + 60 * DAY;

  private final AccountScenario acme = new AccountScenario().at(START);

  @Test
  void shouldNoticeThirtySevenAndOneDaysBefore() {
    acme.happens(grant("g1", 1000 * CENT).expiresAt(END))
        .soFar()
        .until(END - 30 * DAY - 1)
        .expectNothingMore()
        .until(END - 30 * DAY);
    BalanceAlert alert = acme.alert();
    assertThat(alert.alertId()).isEqualTo("acme:EXPIRY_SOON:g1:30");
    assertThat(alert.occurredAt()).isEqualTo(END - 30 * DAY);
    assertThat(alert.causeId()).isEqualTo("g1");
    assertThat(alert.levelNanos()).isNull();
    assertThat(alert.balanceNanos()).isEqualTo(1000 * CENT);
    assertThat(alert.projectedExhaustionAt()).isNull();
    acme.expectNothingMore()
        .until(END - 7 * DAY)
        .expectAlert(AlertType.EXPIRY_SOON, "g1:7")
        .expectNothingMore()
        .until(END - DAY)
        .expectAlert(AlertType.EXPIRY_SOON, "g1:1")
        .expectNothingMore()
        .until(END - 1)
        .expectNothingMore();
  }

  @Test
  void shouldFireEachNoticeAtItsOwnTimeHoweverLateTheTick() {
    acme.happens(payment("p1", 1000 * CENT))
        .soFar()
        .until(START + 500 * DAY)
        .expectAlert(AlertType.EXPIRY_SOON, "p1:30")
        .expectAlert(AlertType.EXPIRY_SOON, "p1:7");
    BalanceAlert last = acme.alert();
    assertThat(last.alertId()).isEqualTo("acme:EXPIRY_SOON:p1:1");
    assertThat(last.occurredAt()).isEqualTo(time("2027-02-28T00:00:00Z"));
  }

  @Test
  void shouldSkipNoticesThatArePastWhenTheLotStarts() {
    acme.happens(grant("g1", 1000 * CENT).expiresAt(START + 7 * DAY))
        .expectEntry(EntryType.GRANT, 10_00, 10_00)
        .expectAlert(AlertType.EXPIRY_SOON, "g1:7")
        .expectNothingMore()
        .happens(grant("g2", 1000 * CENT).expiresAt(START + 7 * DAY - 1))
        .expectEntry(EntryType.GRANT, 10_00, 20_00)
        .expectNothingMore()
        .happens(grant("g3", 1000 * CENT).expiresAt(START + DAY - 1))
        .expectEntry(EntryType.GRANT, 10_00, 30_00)
        .expectNothingMore()
        .until(START + DAY - 2)
        .expectNothingMore();
  }

  @Test
  void shouldNoticeOnlyIfAtLeastOneDollarIsLeft() {
    acme.happens(grant("g1", 100 * CENT).expiresAt(END))
        .until(END - 30 * DAY)
        .expectEntry(EntryType.GRANT, 1_00, 1_00)
        .expectAlert(AlertType.EXPIRY_SOON, "g1:30")
        .soFar()
        .happens(usage("u1").input(1))
        .soFar()
        .until(END - 1)
        .expectNothingMore();
  }

  @Test
  void shouldEndTheUseOfALotAtItsEndAndWriteItOffAnHourLater() {
    acme.mayOverdraw(0).happens(grant("g1", 600 * CENT).expiresAt(END)).until(END - 1).soFar();

    acme.until(END);
    AccountBalance balance = acme.published();
    assertThat(balance.postedNanos()).isEqualTo(600 * CENT);
    assertThat(balance.availableNanos()).isZero();
    assertThat(balance.asOf()).isEqualTo(END);
    acme.expectAccessRemoved()
        .expectSilence()
        .until(END + HOUR - 1)
        .expectSilence()
        .until(END + HOUR);
    LedgerEntry entry = acme.entry();
    assertThat(entry.type()).isEqualTo(EntryType.EXPIRY);
    assertThat(entry.amountNanos()).isEqualTo(-600 * CENT);
    assertThat(entry.lotMovements()).containsExactly(moved("g1", -6_00));
    assertThat(entry.cause().topic()).isEqualTo("deadline");
    assertThat(entry.cause().id()).isEqualTo("g1");
    assertThat(entry.occurredAt()).isEqualTo(END + HOUR);
    acme.expectAlert(AlertType.EXHAUSTED, "0:1")
        .expectAlert(AlertType.LOW_BALANCE, "5000000000:1")
        .expectAlert(AlertType.LOW_BALANCE, "1000000000:1")
        .expectAlert(AlertType.CREDIT_EXPIRED, "g1:2")
        .expectNothingMore()
        .until(END + 500 * DAY)
        .expectSilence();
    assertThat(acme.balance().lifetime().expired()).isEqualTo(600 * CENT);
  }

  @Test
  void shouldLetLateUsageFromBeforeTheEndDrawOnALotInItsGrace() {
    acme.mayOverdraw(0)
        .happens(grant("g1", 600 * CENT).expiresAt(END))
        .until(END - 1)
        .soFar()
        .at(END + HOUR - 1)
        .happens(usage("u1").input(100 * CENT).occurredAt(END - 1))
        .expectEntry(EntryType.USAGE, -1_00, 5_00, moved("g1", -1_00))
        .soFar()
        .happens(usage("u2").input(100 * CENT).occurredAt(END))
        .expectBlocked("u2", BlockReason.INSUFFICIENT_CREDIT)
        .expectNothingMore()
        .at(END + HOUR)
        .happens(usage("u3").input(100 * CENT).occurredAt(END - 1))
        .expectEntry(EntryType.EXPIRY, -5_00, 0, moved("g1", -5_00))
        .expectBlocked("u3", BlockReason.INSUFFICIENT_CREDIT);
  }

  @Test
  void shouldSkipALotThatEndedBeforeTheUsageHappened() {
    acme.happens(grant("g1", 600 * CENT).expiresAt(END))
        .happens(grant("g2", 600 * CENT))
        .soFar()
        .at(END - 5)
        .soFar()
        .happens(usage("u1").input(100 * CENT).occurredAt(END)) // the caller's clock is ahead
        .expectEntry(EntryType.USAGE, -1_00, 11_00, moved("g2", -1_00));
  }

  @Test
  void shouldNotWriteOffWhatIsUsedUp() {
    acme.happens(grant("g1", 100 * CENT).expiresAt(END))
        .uses("u1", 1_00)
        .soFar()
        .until(END + DAY)
        .expectNothingMore();
  }

  @Test
  void shouldExpireAPurchaseToo() {
    acme.pays("p1", 50)
        .soFar()
        .until("2027-03-01T00:59:59.999Z")
        .expectNothingMore()
        .until("2027-03-01T01:00:00Z")
        .expectEntry(EntryType.EXPIRY, -50, 0, moved("p1", -50))
        .expectAlert(AlertType.EXHAUSTED, "0:1")
        .expectAlert(AlertType.CREDIT_EXPIRED, "p1:2");
  }

  @Test
  void shouldGoByUsableForAccessAndByPostedForAlerts() {
    acme.happens(grant("g1", 10_000 * CENT).expiresAt(END))
        .happens(grant("g2", 300 * CENT))
        .until(END - 1)
        .soFar()
        .until(END)
        .expectAccess(AccountStatus.ACTIVE, false, CreditState.LOW)
        .expectNothingMore()
        .until(END + HOUR)
        .expectEntry(EntryType.EXPIRY, -100_00, 3_00)
        .expectAlert(AlertType.LOW_BALANCE, "5000000000:1")
        .expectAlert(AlertType.CREDIT_EXPIRED, "g1:3")
        .expectNothingMore();
  }

  /** Lots that start, expire, are written off and noticed at one instant, in that order. */
  @Test
  void shouldFireDeadlinesOfOneInstantInTheContractsOrder() {
    long instant = START + 40 * DAY;
    acme.happens(grant("written-off", 200 * CENT).expiresAt(instant - HOUR))
        .happens(grant("expiring", 200 * CENT).expiresAt(instant))
        .happens(grant("noticed", 200 * CENT).expiresAt(instant + 30 * DAY))
        .happens(grant("b-starting", 100 * CENT).effectiveAt(instant))
        .happens(grant("a-starting", 100 * CENT).effectiveAt(instant))
        .until(instant - 1)
        .soFar()
        .until(instant)
        .expectEntry(EntryType.GRANT, 1_00, 7_00, moved("a-starting", 1_00))
        .expectEntry(EntryType.GRANT, 1_00, 8_00, moved("b-starting", 1_00))
        .expectEntry(EntryType.EXPIRY, -2_00, 6_00, moved("written-off", -2_00))
        .expectAlert(AlertType.CREDIT_EXPIRED, "written-off:6")
        .expectAlert(AlertType.EXPIRY_SOON, "noticed:30")
        .expectNothingMore();
    assertThat(acme.balance().availableNanos()).isEqualTo(400 * CENT);
  }

  @Test
  void shouldTellLotsOfOneIdApart() {
    acme.happens(payment("x", 20 * CENT))
        .happens(grant("x", 30 * CENT).expiresAt(time("2027-03-01T00:00:00Z")))
        .soFar()
        .until("2027-03-01T01:00:00Z")
        .expectEntry(EntryType.EXPIRY, -30, 20, moved("x", -30))
        .expectEntry(EntryType.EXPIRY, -20, 0, moved("x", -20));
  }

  @Test
  void shouldNeverOfferAPurchaseThatHadExpiredWhenItArrived() {
    acme.at("2026-03-10T00:00:00Z")
        .happens(payment("p1", 1000 * CENT).occurredAt(time("2025-03-09T00:00:00Z")))
        .expectEntry(EntryType.PURCHASE, 10_00, 10_00)
        .expectEntry(EntryType.EXPIRY, -10_00, 0);
    assertThat(acme.published().availableNanos()).isZero();
    acme.expectAlert(AlertType.EXHAUSTED, "0:1");
  }
}
