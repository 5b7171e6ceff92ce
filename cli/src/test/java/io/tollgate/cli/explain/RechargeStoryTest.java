package io.tollgate.cli.explain;

import static io.tollgate.cli.explain.ToldRecords.TIME;
import static io.tollgate.cli.explain.ToldRecords.UNIT;
import static io.tollgate.cli.explain.ToldRecords.decision;
import static io.tollgate.cli.explain.ToldRecords.entry;
import static io.tollgate.cli.explain.ToldRecords.only;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.cli.Colours;
import io.tollgate.events.AccountReinstated;
import io.tollgate.events.AlertType;
import io.tollgate.events.AuthorizationDecided;
import io.tollgate.events.AuthorizationOutcome;
import io.tollgate.events.AutoRechargeConfigured;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.BlockReason;
import io.tollgate.events.EntryType;
import io.tollgate.events.IssuerCleared;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.LotMovement;
import io.tollgate.events.PaymentFailed;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.RechargeReason;
import io.tollgate.events.RechargeRequested;
import io.tollgate.streams.config.DeclineFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RechargeStoryTest {

  private final ToldRecords told = new ToldRecords();

  @Test
  void shouldPrintWhatTheDocsShow() throws Exception {
    RechargeRequested first = request(1, RechargeReason.BELOW_THRESHOLD, TIME.plusSeconds(3));
    long cost = UNIT + 500_000_000;
    LedgerEntry crossing =
        entry(17, EntryType.USAGE, "call-17", -cost, 4 * UNIT + cost, new LotMovement("p1", -cost));
    crossing.setRecordedAt(TIME.plusSeconds(3));
    PaymentFailed declined = declined(1, "do_not_honor");
    BalanceAlert alert =
        contactIssuer(TIME.plusSeconds(3606), "Your bank holds the payment of 20.00 USD. Call it.");
    History history = told.history("acme:1", first, settings(90 * UNIT), declined, alert, crossing);
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);

    only(told.tell(history, "acme:1")).print(out, new Colours(false));

    out.flush();
    assertThat(Files.readString(Path.of("../docs/answers.md"), UTF_8))
        .contains("```text\n" + text.toString().replace(System.lineSeparator(), "\n") + "```\n");
  }

  @Test
  void shouldTellARechargeFromItsCauseToWhatComesNext() {
    RechargeRequested first = request(1, RechargeReason.BELOW_THRESHOLD, TIME);
    PaymentFailed declined = declined(1, "do_not_honor");
    BalanceAlert alert =
        contactIssuer(TIME.plusSeconds(3600), "Your bank holds the payment; call it.");

    Story waiting = only(told.tell(told.history("acme:1", first), "acme:1"));
    assertThat(waiting.headline()).isEqualTo("Recharge acme:1 of 20.00 USD has not been paid");
    assertThat(waiting.details())
        .containsExactly(
            "it fired because the balance was at or below the threshold: balance 4.00 USD,"
                + " threshold 5.00, target 24.00");
    assertThat(waiting.next())
        .containsExactly(
            "it waits for the payment service; without a word, attempt 1 is sent again at"
                + " 2026-09-01T10:15:00.000Z");

    Story declinedOnce = only(told.tell(told.history("pay-1", first, declined, alert), "pay-1"));
    assertThat(declinedOnce.moments())
        .extracting(Story.Moment::what)
        .containsExactly(
            "attempt 1 requested",
            "the bank declined attempt 1: do not honor (ISSUER: the bank holds it until the customer"
                + " has called)",
            "alert CONTACT_ISSUER: Your bank holds the payment; call it.");
    assertThat(declinedOnce.next())
        .containsExactly("the next attempt is at 2026-09-01T11:00:00.000Z");

    PaymentSucceeded paid =
        PaymentSucceeded.newBuilder()
            .setPaymentId("pay-2")
            .setAccountId("acme")
            .setAmountNanos(20 * UNIT)
            .setOccurredAt(TIME.plusSeconds(3605))
            .setRechargeId("acme:1")
            .build();
    RechargeRequested again =
        request(2, RechargeReason.RETRY_AFTER_DECLINE, TIME.plusSeconds(3600));
    Story done =
        only(told.tell(told.history("acme:1", first, declined, alert, again, paid), "acme:1"));
    assertThat(done.headline()).isEqualTo("Recharge acme:1 of 20.00 USD was paid");
    assertThat(done.moments()).hasSize(5);
    assertThat(done.next()).isEmpty();
    assertThat(only(told.tell(told.history("pay-2", first, again, paid), "pay-2")).headline())
        .isEqualTo(done.headline());
  }

  @Test
  void shouldNameTheUsageThatMadeARechargeFire() {
    LedgerEntry above =
        entry(1, EntryType.USAGE, "e1", -UNIT, 7 * UNIT, new LotMovement("p", -UNIT));
    LedgerEntry crossing =
        entry(2, EntryType.USAGE, "e2", -2 * UNIT, 6 * UNIT, new LotMovement("p", -2 * UNIT));
    LedgerEntry below =
        entry(3, EntryType.USAGE, "e3", -UNIT, 4 * UNIT, new LotMovement("p", -UNIT));
    RechargeRequested request =
        request(
            1, RechargeReason.BELOW_THRESHOLD, TIME.plusMillis(3_500)); // after its card's claim

    assertThat(firedBy(request, above, crossing, below))
        .isEqualTo("usage e2 took 2.00 USD: the balance went from 6.00 USD to 4.00 USD");
  }

  @Test
  void shouldNameTheUsageAfterMoneyWasTakenBack() {
    LedgerEntry refund =
        entry(1, EntryType.REFUND, "r", -2 * UNIT, 6 * UNIT, new LotMovement("p", -2 * UNIT));
    LedgerEntry usage = entry(2, EntryType.USAGE, "e", -1, 4 * UNIT, new LotMovement("p", -1L));
    LedgerEntry later = entry(9, EntryType.USAGE, "e9", -1, 4 * UNIT, new LotMovement("p", -1L));
    RechargeRequested request = request(1, RechargeReason.BELOW_THRESHOLD, TIME.plusSeconds(2));

    assertThat(firedBy(request, refund, usage, later)).startsWith("usage e took 0.000000001 USD");
    assertThat(firedBy(request, refund)).isNull();
  }

  @Test
  void shouldNameWhatElseMadeARechargeFire() {
    LedgerEntry crossing =
        entry(1, EntryType.USAGE, "e1", -2 * UNIT, 6 * UNIT, new LotMovement("p", -2 * UNIT));
    AutoRechargeConfigured settings = settings(30 * UNIT);
    AutoRechargeConfigured others = settings(null);
    others.setThresholdNanos(1);
    RechargeRequested late = request(1, RechargeReason.BELOW_THRESHOLD, TIME.plusSeconds(1_000));
    PaymentSucceeded payment =
        PaymentSucceeded.newBuilder()
            .setPaymentId("pay-0")
            .setAccountId("acme")
            .setAmountNanos(UNIT)
            .setOccurredAt(TIME)
            .setRechargeId("acme:0")
            .build();
    AccountReinstated reinstated = new AccountReinstated("acme", TIME, null);

    assertThat(firedBy(late, crossing, settings, others))
        .isEqualTo("auto-recharge was configured: threshold 5.00 USD, target 24.00 USD");
    assertThat(firedBy(late, crossing, settings, reinstated))
        .isEqualTo("the account was reinstated");
    assertThat(firedBy(late, reinstated, settings, payment))
        .isEqualTo("recharge acme:0 was paid, and left the balance low");
    assertThat(
            firedBy(
                request(1, RechargeReason.BELOW_THRESHOLD, Instant.parse("2026-10-01T00:00:00Z")),
                crossing))
        .isEqualTo("2026-10 began, and with it a new monthly limit");
    assertThat(firedBy(request(2, RechargeReason.RETRY_AFTER_DECLINE, TIME), crossing)).isNull();
  }

  @Test
  void shouldNameTheDenialThatMadeARechargeFire() {
    AuthorizationDecided denied = decision("a1", AuthorizationOutcome.DENIED);
    denied.setReason(BlockReason.INSUFFICIENT_CREDIT);
    denied.setRemedy("It needs 9.00 USD; 4.00 USD are available.");
    AuthorizationDecided suspended = decision("a2", AuthorizationOutcome.DENIED);
    suspended.setReason(BlockReason.ACCOUNT_SUSPENDED);
    RechargeRequested request = request(1, RechargeReason.DENIED_FOR_CREDIT, TIME);

    assertThat(firedBy(request, denied, suspended))
        .isEqualTo("authorization a1 was denied: It needs 9.00 USD; 4.00 USD are available.");
    assertThat(firedBy(request)).isNull();
  }

  @Test
  void shouldTellTheMonthlyLimitAndWhatWasRequestedOfIt() {
    RechargeRequested before = request(1, RechargeReason.BELOW_THRESHOLD, TIME.minusSeconds(60));
    before.setRechargeId("acme:0");
    RechargeRequested lastMonth =
        request(1, RechargeReason.BELOW_THRESHOLD, Instant.parse("2026-08-31T23:59:59Z"));
    lastMonth.setRechargeId("acme:-1");
    AutoRechargeConfigured settings = settings(90 * UNIT);
    RechargeRequested request = request(1, RechargeReason.BELOW_THRESHOLD, TIME.plusSeconds(1_000));

    assertThat(
            only(told.tell(told.history("acme:1", lastMonth, before, request, settings), "acme:1"))
                .details())
        .contains(
            "monthly limit 90.00 USD, by the settings of 2026-09-01T10:00:00.000Z; requested in"
                + " 2026-09, this recharge included: 40.00 USD");
  }

  @Test
  void shouldSayThatWordOfTheBankOrNewSettingsMayChangeWhatComesNext() {
    RechargeRequested request = request(1, RechargeReason.BELOW_THRESHOLD, TIME);

    Story story =
        only(
            told.tell(
                told.history("acme:1", request, new IssuerCleared("acme", null, TIME)), "acme:1"));

    assertThat(story.moments())
        .extracting(Story.Moment::what)
        .contains("the bank lets payments through again");
    assertThat(story.next()).anyMatch(next -> next.contains("'tollgate recharge preview acme'"));
  }

  @Test
  void shouldTellOfARechargeThatWaitsForTheBudgetOfItsCard() {
    BalanceAlert delayed = contactIssuer(TIME.plusSeconds(3600), "Too many declines.");
    delayed.setType(AlertType.RECHARGE_DELAYED);
    delayed.setAlertId("acme:RECHARGE_DELAYED:acme:1:1:2026-09-01T11:00:00.000Z");
    BalanceAlert expiring = contactIssuer(TIME, "It expires soon.");
    expiring.setType(AlertType.EXPIRY_SOON);
    expiring.setAlertId("acme:EXPIRY_SOON:acme:1:30"); // a credit that is called like it

    Story story = only(told.tell(told.history("acme:1", delayed, expiring), "acme:1"));

    assertThat(story.headline()).isEqualTo("Recharge acme:1 has not gone out yet");
    assertThat(story.moments()).hasSize(1);
    assertThat(story.next()).containsExactly("the next attempt is at 2026-09-01T11:00:00.000Z");
  }

  @Test
  void shouldSayThatASecondDeclineWasNotTheLastWord() {
    RechargeRequested request = request(2, RechargeReason.RETRY_AFTER_DECLINE, TIME);
    PaymentFailed declined = declined(2, "made_up");
    declined.setAdviceCode("try_again_later");

    Story story = only(told.tell(told.history("acme:1", request, declined), "acme:1"));

    assertThat(story.moments().get(1).what())
        .startsWith("the bank declined attempt 2: made up, advice try again later (");
    assertThat(story.next())
        .containsExactly(
            "attempt 2 was declined; 'tollgate recharge preview acme' tells when the next one is");
  }

  @ParameterizedTest
  @CsvSource({
    "lost_card, STOP: this card must not be tried again",
    "expired_card, CUSTOMER: the customer must do something first",
    "made_up, a code that is not known: it is tried once more"
  })
  void shouldPutWhatTheBankSaidIntoWords(String code, String meaning) {
    assertThat(new DeclineWords(DeclineFile.shipped()).of(declined(1, code)))
        .isEqualTo(code.replace('_', ' ') + " (" + meaning + ")");
  }

  @Test
  void shouldShowTheRecordBehindEachMoment() {
    RechargeRequested request = request(1, RechargeReason.BELOW_THRESHOLD, TIME);

    Story story = only(told.tell(told.history("acme:1", request), "acme:1"));

    assertThat(story.toJson().at("/moments/0/record/value/idempotencyKey").asText())
        .isEqualTo("acme:1:1");
    assertThat(story.toJson().at("/moments/0/coordinates").asText())
        .isEqualTo("recharge-requests-0@1");
  }

  /** What its story says that made the recharge fire; null if it says nothing. */
  private @Nullable String firedBy(RechargeRequested request, SpecificRecord... records) {
    History history =
        told.history(
            "acme:1",
            Stream.concat(Stream.of(request), Stream.of(records)).toArray(SpecificRecord[]::new));
    Story.Moment trigger = history.trigger("acme:1");
    if (trigger != null) {
      assertThat(only(told.tell(history, "acme:1:1")).moments()).contains(trigger);
    }
    return trigger == null ? null : trigger.what();
  }

  private static RechargeRequested request(int attempt, RechargeReason reason, Instant at) {
    return RechargeRequested.newBuilder()
        .setRechargeId("acme:1")
        .setAttempt(attempt)
        .setIdempotencyKey("acme:1:" + attempt)
        .setAccountId("acme")
        .setAmountNanos(20 * UNIT)
        .setBalanceNanos(4 * UNIT)
        .setThresholdNanos(5 * UNIT)
        .setTargetNanos(24 * UNIT)
        .setRequestedAt(at)
        .setDeadline(at.plusSeconds(900))
        .setReason(reason)
        .build();
  }

  private static AutoRechargeConfigured settings(@Nullable Long monthlyLimit) {
    return new AutoRechargeConfigured("acme", true, 5 * UNIT, 24 * UNIT, monthlyLimit, TIME);
  }

  private static PaymentFailed declined(int attempt, String code) {
    return PaymentFailed.newBuilder()
        .setPaymentId("pay-1")
        .setAccountId("acme")
        .setAmountNanos(20 * UNIT)
        .setOccurredAt(TIME.plusSeconds(5))
        .setRechargeId("acme:1")
        .setAttempt(attempt)
        .setDeclineCode(code)
        .build();
  }

  private static BalanceAlert contactIssuer(Instant nextAttemptAt, String detail) {
    return BalanceAlert.newBuilder()
        .setAlertId("acme:CONTACT_ISSUER:acme:1:1")
        .setAccountId("acme")
        .setType(AlertType.CONTACT_ISSUER)
        .setOccurredAt(TIME.plusSeconds(6))
        .setNextAttemptAt(nextAttemptAt)
        .setDetail(detail)
        .build();
  }
}
