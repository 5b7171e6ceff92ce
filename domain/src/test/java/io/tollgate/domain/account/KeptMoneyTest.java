package io.tollgate.domain.account;

import static io.tollgate.domain.account.AccountScenario.CENT;
import static io.tollgate.domain.account.AccountScenario.moved;
import static io.tollgate.domain.account.AccountScenario.time;
import static io.tollgate.domain.event.AuthorizationBuilder.authorization;
import static io.tollgate.domain.event.GrantBuilder.grant;
import static io.tollgate.domain.event.UsageBuilder.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.effect.Effect.AlertType;
import io.tollgate.domain.effect.Effect.BlockReason;
import io.tollgate.domain.effect.Effect.Cause;
import io.tollgate.domain.effect.Effect.CreditState;
import io.tollgate.domain.effect.Effect.EntryType;
import io.tollgate.domain.effect.Effect.LedgerEntry;
import io.tollgate.domain.event.AuthorizationBuilder;
import org.junit.jupiter.api.Test;

/** Expired money that is kept for the holds opened before. */
class KeptMoneyTest {

  private static final long START = time("2026-03-01T00:00:00Z");
  private static final long HOUR = 3_600_000L;
  private static final long END = START + HOUR;

  /** Longer than the expiry and its grace. */
  private static final long LONG = 5 * HOUR;

  private final AccountScenario acme = new AccountScenario().at(START).wantsAlertsAt();

  private static AuthorizationBuilder longHold(String id, long cents) {
    return authorization(id).input(cents * CENT).ttl(LONG);
  }

  @Test
  void shouldKeepWhatIsHeldAndWriteOffTheRestOnTime() {
    acme.happens(grant("g1", 1000 * CENT).expiresAt(END)).happens(longHold("a1", 4_00));
    acme.soFar().until(END - 1).expectAvailable(6_00).until(END).expectHeld(4_00);
    acme.expectAvailable(0).expectNothingMore().until(END + HOUR - 1).expectNothingMore();
    acme.until(END + HOUR)
        .expectEntry(EntryType.EXPIRY, -6_00, 4_00, moved("g1", -6_00))
        .expectAlert(AlertType.CREDIT_EXPIRED, "g1:2")
        .expectNothingMore()
        .expectLots(moved("g1", 4_00))
        .expectAvailable(0);
  }

  @Test
  void shouldPayTheHoldsUsageFromWhatIsKeptWheneverItOccurred() {
    acme.happens(grant("g1", 1000 * CENT).expiresAt(END)).happens(longHold("a1", 4_00));
    acme.soFar()
        .at(END + 2 * HOUR)
        .happens(usage("u1").input(300 * CENT).authorization("a1"))
        .expectEntry(EntryType.EXPIRY, -6_00, 4_00, moved("g1", -6_00))
        .expectEntry(EntryType.USAGE, -3_00, 1_00, moved("g1", -3_00));
    LedgerEntry rest = acme.entry();
    assertThat(rest.type()).isEqualTo(EntryType.EXPIRY);
    assertThat(rest.lotMovements()).containsExactly(moved("g1", -1_00));
    assertThat(rest.cause()).isEqualTo(new Cause("usage-events", "u1", 0, rest.cause().offset()));
    acme.expectPosted(0);
  }

  @Test
  void shouldGiveAnEntryThatUsageCausesTheUsagesOwnTime() {
    acme.happens(grant("g1", 1000 * CENT).expiresAt(END)).happens(longHold("a1", 10_00));
    acme.soFar()
        .at(END + 2 * HOUR)
        .happens(usage("u1").input(300 * CENT).authorization("a1").occurredAt(END + HOUR + 7));
    assertThat(acme.entry().occurredAt()).isEqualTo(END + HOUR + 7);
    LedgerEntry rest = acme.entry();
    assertThat(rest.type()).isEqualTo(EntryType.EXPIRY);
    assertThat(rest.occurredAt()).isEqualTo(END + HOUR + 7);
    assertThat(rest.recordedAt()).isEqualTo(END + 2 * HOUR);
    assertThat(acme.alert().causeId()).isEqualTo("u1");
  }

  @Test
  void shouldWriteOffWhatWasKeptWhenTheHoldEnds() {
    acme.happens(grant("g1", 1000 * CENT).expiresAt(END)).happens(longHold("a1", 4_00));
    acme.until(END + HOUR).soFar().until(START + LONG);
    LedgerEntry rest = acme.entry();
    assertThat(rest.type()).isEqualTo(EntryType.EXPIRY);
    assertThat(rest.amountNanos()).isEqualTo(-400 * CENT);
    assertThat(rest.cause().topic()).isEqualTo("deadline");
    assertThat(rest.cause().id()).isEqualTo("a1");
    assertThat(rest.occurredAt()).isEqualTo(START + LONG);
    assertThat(acme.alert().causeId()).isEqualTo("a1");
    acme.expectPosted(0);
  }

  @Test
  void shouldWriteOffTheRestOnTimeIfTheHoldEndsInTheGrace() {
    acme.happens(grant("g1", 1000 * CENT).expiresAt(END)).happens(longHold("a1", 4_00));
    acme.until(END + 1)
        .soFar()
        .releases("a1")
        .expectNothingMore()
        .expectPosted(10_00)
        .expectAvailable(0)
        .until(END + HOUR)
        .expectEntry(EntryType.EXPIRY, -10_00, 0)
        .expectAlert(AlertType.EXHAUSTED, "0:1")
        .expectAlert(AlertType.CREDIT_EXPIRED, "g1:2");
  }

  @Test
  void shouldNotPayUsageWithoutAHoldFromWhatIsKept() {
    acme.mayOverdraw(0)
        .happens(grant("g1", 1000 * CENT).expiresAt(END))
        .happens(longHold("a1", 4_00))
        .until(END + HOUR)
        .soFar()
        .happens(usage("u1").input(CENT))
        .expectBlocked("u1", BlockReason.INSUFFICIENT_CREDIT)
        .happens(usage("u2").input(CENT).occurredAt(END - 1))
        .expectBlocked("u2", BlockReason.INSUFFICIENT_CREDIT);
  }

  @Test
  void shouldLetLateUsageTakeKeptMoneyWithinTheGrace() {
    acme.happens(grant("g1", 1000 * CENT).expiresAt(END)).happens(longHold("a1", 4_00));
    acme.until(END + 1)
        .soFar()
        .happens(usage("u1").input(900 * CENT).occurredAt(END - 1))
        .expectEntry(EntryType.USAGE, -9_00, 1_00, moved("g1", -9_00))
        .expectAvailable(-3_00);
  }

  @Test
  void shouldNotKeepMoneyForHoldsOpenedFromTheExpiryOn() {
    acme.happens(grant("g1", 500 * CENT).expiresAt(END)).pays("p1", 5_00).until(END).soFar();
    acme.happens(longHold("a1", 5_00))
        .expectAllowed("a1", 5_00)
        .until(END + HOUR)
        .expectEntry(EntryType.EXPIRY, -5_00, 5_00, moved("g1", -5_00));
  }

  @Test
  void shouldKeepOnlyWhatEarlierLotsDoNotBack() {
    acme.happens(grant("first", 300 * CENT).priority(1))
        .happens(grant("g1", 1000 * CENT).expiresAt(END))
        .happens(longHold("a1", 5_00))
        .until(END)
        .expectAvailable(0)
        .soFar()
        .until(END + HOUR)
        .expectEntry(EntryType.EXPIRY, -8_00, 5_00, moved("g1", -8_00))
        .expectLots(moved("first", 3_00), moved("g1", 2_00))
        .happens(longHold("a2", 1))
        .expectDenied("a2", BlockReason.INSUFFICIENT_CREDIT);
  }

  @Test
  void shouldKeepOfEachLotForTheHoldsOfItsTime() {
    acme.happens(grant("g1", 200 * CENT).expiresAt(END))
        .happens(grant("g2", 900 * CENT).expiresAt(END + 10))
        .happens(longHold("old", 5_00))
        .until(END + 5)
        .happens(longHold("young", 1_00))
        .soFar()
        .until(END + 10 + HOUR)
        // The old hold is backed by g1 with 2.00, so g2 keeps its other 3.00 and the young one's.
        .expectEntry(EntryType.EXPIRY, -5_00, 6_00, moved("g2", -5_00))
        .expectLots(moved("g1", 2_00), moved("g2", 4_00))
        .soFar()
        .releases("old")
        .expectEntry(EntryType.EXPIRY, -2_00, 4_00, moved("g1", -2_00))
        .expectEntry(EntryType.EXPIRY, -3_00, 1_00, moved("g2", -3_00))
        .soFar()
        .releases("young")
        .expectEntry(EntryType.EXPIRY, -1_00, 0, moved("g2", -1_00));
  }

  @Test
  void shouldJudgeAgainWhenNewCreditBacksTheHold() {
    acme.happens(grant("g1", 1000 * CENT).expiresAt(END))
        .happens(longHold("a1", 4_00))
        .until(END + HOUR)
        .soFar()
        .happens(grant("later", 300 * CENT))
        .expectEntry(EntryType.GRANT, 3_00, 7_00)
        .expectNothingMore()
        .happens(grant("first", 300 * CENT).priority(1))
        .expectEntry(EntryType.GRANT, 3_00, 10_00)
        .expectEntry(EntryType.EXPIRY, -3_00, 7_00, moved("g1", -3_00))
        .expectLots(moved("first", 3_00), moved("g1", 1_00), moved("later", 3_00));
  }

  @Test
  void shouldShrinkWhatIsKeptWithALease() {
    acme.happens(grant("g1", 1000 * CENT).expiresAt(END))
        .happens(authorization("l1").lease().input(600 * CENT).ttl(LONG))
        .until(END + HOUR)
        .soFar()
        .happens(usage("u1").input(200 * CENT).authorization("l1"))
        .expectEntry(EntryType.USAGE, -2_00, 4_00, moved("g1", -2_00))
        .expectNothingMore()
        .happens(usage("u2").input(500 * CENT).authorization("l1"))
        .expectEntry(EntryType.USAGE, -5_00, -1_00, moved("g1", -4_00));
  }

  @Test
  void shouldPayAHoldFromALotThatEndsBeforeTheUsageThatTheHoldIsOlderThan() {
    // Usage may be a little ahead of its record, and so after the end of a lot that still runs.
    acme.happens(grant("g1", 1000 * CENT).expiresAt(END))
        .happens(longHold("a1", 4_00))
        .soFar()
        .at(END - 1)
        .happens(usage("u1").input(500 * CENT).authorization("a1").occurredAt(END + 1))
        .expectEntry(EntryType.USAGE, -5_00, 5_00, moved("g1", -4_00))
        .expectDebt(1_00);
  }

  @Test
  void shouldCountKeptMoneyAsUsable() {
    acme.happens(grant("g1", 1000 * CENT).expiresAt(END)).happens(longHold("a1", 4_00));
    acme.soFar().until(END + HOUR);
    assertThat(acme.account().access(RuleSettings.defaults(DeclineCodes.TABLE)).creditState())
        .isEqualTo(CreditState.FUNDED);
    acme.until(START + LONG).expectAccessRemoved();
  }

  @Test
  void shouldFireHoldsBeforeTheExpiryOfTheSameInstant() {
    acme.happens(grant("g1", 1000 * CENT).expiresAt(END))
        .happens(authorization("a1").input(400 * CENT).ttl(END + HOUR - START))
        .soFar()
        .until(END + HOUR)
        .expectEntry(EntryType.EXPIRY, -10_00, 0, moved("g1", -10_00))
        .expectAlert(AlertType.EXHAUSTED, "0:1")
        .expectAlert(AlertType.CREDIT_EXPIRED, "g1:2")
        .expectNothingMore();
  }
}
