package io.tollgate.testkit;

import static io.tollgate.events.EntryType.PURCHASE;
import static io.tollgate.events.EntryType.USAGE;
import static io.tollgate.testkit.Money.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tollgate.events.AccountAccess;
import io.tollgate.events.AlertType;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.CreditState;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.RejectionReason;
import io.tollgate.schemas.topics.TopicCatalogue;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opentest4j.AssertionFailedError;

/** A failure says what is different, and what has happened. */
class FailuresTest {

  private static final String HISTORY =
      """
      History (in: by the test; out: by a topology; *: nothing has expected it yet; fields that are \
      empty, 0 or false are left out):
        given: prices of atlas, atlas-mini
        given: policies of atlas
        2026-09-01T00:00:00.000Z
          in   payment-events         acme  PaymentSucceeded{paymentId=payment-1, \
      amountNanos=10_000_000_000, currency=USD}
          out* ledger-entries         acme  LedgerEntry{entryId=acme:1, version=1, type=PURCHASE, \
      cause={topic=payment-events, id=payment-1}, amountNanos=10_000_000_000, \
      balanceAfterNanos=10_000_000_000, lotMovements=[{lotId=payment-1, deltaNanos=10_000_000_000}]}
          out  account-balances       acme  AccountBalance{version=1, currency=USD, \
      postedNanos=10_000_000_000, availableNanos=10_000_000_000, lots=[{lotId=payment-1, \
      kind=PURCHASED, grantedNanos=10_000_000_000, remainingNanos=10_000_000_000, \
      expiresAt=2027-09-01T00:00:00.000Z}], lifetime={purchased=10_000_000_000}}
          out* account-access         acme  AccountAccess{version=1, status=ACTIVE, \
      creditState=FUNDED}
        2026-09-01T00:00:09.000Z
          in   usage-events           acme  9 bytes 0x00010203040506070a
          out* rejected-events        acme  RejectedEvent{reason=UNDECODABLE,""";

  @RegisterExtension
  final TollgateExtension extension =
      TollgateExtension.of(
          TestSetup.tollgate()
              .prices(Prices.sample())
              .policies(Policies.model("atlas", Policies.verifiedOrganization("policy"))));

  @BeforeEach
  void happen(TollgateTestDriver driver) {
    driver.at("2026-09-01T00:00:00Z").payment("acme", usd("10")).expectBalance("acme", usd("10"));
  }

  @Test
  void shouldTellTheHistory(TollgateTestDriver driver) {
    driver
        .at("2026-09-01T00:00:09Z")
        .send(TopicCatalogue.USAGE_EVENTS, new byte[] {'a', 'c', 'm', 'e'}, bytes());

    assertThat(driver.history()).startsWith(HISTORY);
  }

  private static byte[] bytes() {
    return new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 10};
  }

  @Test
  void shouldTellTheDifferenceAndTheHistory(TollgateTestDriver driver) {
    AssertionFailedError failure =
        catchThrowableOfType(
            AssertionFailedError.class,
            () ->
                driver.expectLedgerEntry(
                    "acme", USAGE, usd("-9.5"), e -> e.setVersion(1L).setFlags(List.of())));

    assertThat(failure)
        .hasMessage(
            """
            The next LedgerEntry of acme is not as expected:
              type: expected USAGE, but was PURCHASE
              amountNanos: expected -9_500_000_000, but was 10_000_000_000

            %s""",
            driver.history());
    assertThat(failure.getExpected().getStringRepresentation())
        .isEqualTo(
            "accountId: acme\nversion: 1\ntype: USAGE\namountNanos: -9_500_000_000\nflags: []");
    assertThat(failure.getActual().getStringRepresentation())
        .isEqualTo(
            "accountId: acme\nversion: 1\ntype: PURCHASE\namountNanos: 10_000_000_000\nflags: []");
  }

  @Test
  void shouldLeaveARecordThatIsNotAsExpected(TollgateTestDriver driver) {
    assertThatThrownBy(() -> driver.expectLedgerEntry("acme", USAGE, 0))
        .isInstanceOf(AssertionError.class);

    driver.expectLedgerEntry("acme", PURCHASE, usd("10"));
  }

  @Test
  void shouldTellThatThereIsNoSuchRecord(TollgateTestDriver driver) {
    assertThatThrownBy(() -> driver.expectAlert("acme", AlertType.EXHAUSTED))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            """
            There is no further BalanceAlert of acme with
              accountId: acme
              type: EXHAUSTED

            %s""",
            driver.history());
    assertThatThrownBy(() -> driver.expectRejected(RejectionReason.UNPRICED))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("There is no further RejectedEvent with\n  reason: UNPRICED\n");
    driver.expectLedgerEntry("acme", PURCHASE, usd("10"));
    assertThatThrownBy(() -> driver.expectLedgerEntry("acme", PURCHASE, usd("10")))
        .as("each record is expected once")
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("There is no further LedgerEntry of acme with");
  }

  @Test
  void shouldTellTheBalanceThatIsNotAsExpected(TollgateTestDriver driver) {
    assertThatThrownBy(() -> driver.expectBalance("acme", usd("9.99")))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            """
            The balance of acme is not as expected:
              postedNanos: expected 9_990_000_000, but was 10_000_000_000

            %s""",
            driver.history());
    assertThatThrownBy(() -> driver.expectBalance("nobody", 0))
        .isInstanceOf(AssertionError.class)
        .hasMessage("There is no account nobody\n\n%s", driver.history());
  }

  @Test
  void shouldTellTheAccessThatIsNotAsExpected(TollgateTestDriver driver) {
    assertThatThrownBy(() -> driver.expectAccess("acme", CreditState.LOW, a -> a.setVerified(true)))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            """
            The access of acme is not as expected:
              verified: expected true, but was false
              creditState: expected LOW, but was FUNDED

            %s""",
            driver.history());
  }

  @Test
  void shouldTellWhatWasNotExpected(TollgateTestDriver driver) {
    assertThatThrownBy(driver::expectNothingMore)
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("Expected no more records, but there are 2:\n  ledger-entries ")
        .hasMessageContaining("\n  account-access         acme  AccountAccess{version=1,")
        .hasMessageEndingWith("\n\n" + driver.history());

    driver.expectLedgerEntry("acme", PURCHASE, usd("10"));
    assertThatThrownBy(driver::expectNothingMore)
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("Expected no more records, but there is 1:\n  account-access ");

    driver.expectAccess("acme", CreditState.FUNDED);
    assertThatCode(driver::expectNothingMore).doesNotThrowAnyException();
  }

  @Test
  void shouldTellWhatWasNotExpectedOfATypeAlone(TollgateTestDriver driver) {
    driver.expectNo(BalanceAlert.class);

    assertThatThrownBy(() -> driver.expectNo(BalanceAlert.class, LedgerEntry.class))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("Expected no more LedgerEntry, but there is 1:\n  ledger-entries ");
  }

  @Test
  void shouldSkipWhatATestIsNotAbout(TollgateTestDriver driver) {
    driver.skip(AccountAccess.class, LedgerEntry.class).expectNothingMore();

    driver.payment("acme", usd("1")).skipAll().expectNothingMore();
  }

  @Test
  void shouldTellWhichRequirementIsNotMet(TollgateTestDriver driver) {
    assertThatThrownBy(
            () ->
                driver.expect(
                    LedgerEntry.class, entry -> assertThat(entry.getVersion()).isEqualTo(7)))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("The next LedgerEntry is not as expected:\n  \n  expected: 7L")
        .hasMessageEndingWith("\n\n" + driver.history())
        .hasCauseInstanceOf(AssertionError.class);
    driver.expect(LedgerEntry.class, entry -> assertThat(entry.getVersion()).isEqualTo(1));
    assertThatThrownBy(() -> driver.expect(LedgerEntry.class, entry -> {}))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("There is no further LedgerEntry\n");
  }

  @Test
  void shouldTellATombstone(TollgateTestDriver driver) {
    driver.skipAll().usage("acme", "atlas-mini", u -> u.setInputTokens(100_000_000L));

    assertThatThrownBy(
            () -> driver.expect(AccountAccess.newBuilder().setCreditState(CreditState.LOW)))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("The next AccountAccess is not as expected:\n  it is a tombstone\n")
        .hasMessageContaining("out* account-access         acme  tombstone");
    assertThat(driver.take(AccountAccess.class)).isEmpty();
    driver.expectTombstone(AccountAccess.class, "acme");
    assertThatThrownBy(() -> driver.expectTombstone(AccountAccess.class, "acme"))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith(
            "There is no further AccountAccess of acme, not even a tombstone\n");
    driver.expectAccess("acme", CreditState.EXHAUSTED);
  }

  @Test
  void shouldTellThatARecordIsNoTombstone(TollgateTestDriver driver) {
    assertThatThrownBy(() -> driver.expectTombstone(AccountAccess.class, "acme"))
        .isInstanceOf(AssertionError.class)
        .hasMessage("The next AccountAccess of acme is not a tombstone\n\n%s", driver.history());
  }

  @Test
  void shouldTakeRecordsToBeLookedAt(TollgateTestDriver driver) {
    driver.payment("acme", usd("1"));

    assertThat(driver.take(LedgerEntry.class))
        .extracting(LedgerEntry::getAmountNanos)
        .containsExactly(usd("10"), usd("1"));
    assertThat(driver.take(LedgerEntry.class)).isEmpty();
  }

  @Test
  void shouldTellTheEndOfALongHistory(TollgateTestDriver driver) {
    for (int i = 0; i < 200; i++) {
      driver.payment("acme", usd("1"));
    }

    assertThat(driver.history())
        .hasLineCount(505)
        .contains("\n  … 104 earlier records\n")
        .contains("paymentId=payment-201,");
  }
}
