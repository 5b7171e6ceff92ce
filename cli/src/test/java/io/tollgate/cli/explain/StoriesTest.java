package io.tollgate.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.cli.kafka.TopicRecord;
import io.tollgate.events.AccessRequirement;
import io.tollgate.events.AlertType;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.BlockReason;
import io.tollgate.events.Cause;
import io.tollgate.events.EntryType;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.LotMovement;
import io.tollgate.events.ModelAccessPolicy;
import io.tollgate.events.PaymentFailed;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.RechargeReason;
import io.tollgate.events.RechargeRequested;
import io.tollgate.events.Requirement;
import io.tollgate.events.UsageBlocked;
import io.tollgate.events.UsageLine;
import io.tollgate.schemas.TrustedTypes;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicSpec;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoriesTest {

  private static final Instant TIME = Instant.parse("2026-09-01T10:00:00Z");
  private static final long UNIT = 1_000_000_000L;

  static {
    TrustedTypes.trust();
  }

  private final Policies policies = new Policies();
  private int offset;

  @Test
  void shouldSayWhatWasUsedAtWhichPriceAndWhoPaid() {
    LedgerEntry purchase =
        entry(1, EntryType.PURCHASE, "p1", 10 * UNIT, 0, new LotMovement("p1", 10 * UNIT));
    LedgerEntry usage =
        entry(2, EntryType.USAGE, "e1", -1_250_000, 10 * UNIT, new LotMovement("p1", -1_250_000L));
    usage.setLines(List.of(new UsageLine("input", 1_000L, 1_250_000_000L)));
    History history = history("e1", purchase, usage);

    Story story = only(Stories.of(history, policies, "USD", "e1"));

    assertThat(story.headline()).isEqualTo("acme was charged 0.00125 USD for usage e1");
    assertThat(story.details())
        .containsExactly(
            "input: 1,000 at 1.25 a million = 0.00125",
            "exactly 0.00125 USD; whole nanos are debited, and the fraction is carried to the next"
                + " call",
            "taken from p1 (purchase of 10.00 USD at 2026-09-01T10:00:01Z): 0.00125 USD",
            "balance: 10.00 USD before, 9.99875 USD after");
    assertThat(Stories.of(history, policies, "USD", "acme:2")).hasSize(1);
  }

  @Test
  void shouldSayWhatBecameDebt() {
    LedgerEntry usage = entry(3, EntryType.USAGE, "e1", -8, 7, new LotMovement("p1", -7L));
    usage.setDebtAfterNanos(1);
    usage.setWrittenOffNanos(5);

    Story story = only(Stories.of(history("e1", usage), policies, "USD", "e1"));

    assertThat(story.details())
        .contains(
            "owed: 0.000000001 USD; the debt is 0.000000001 USD",
            "written off, beyond the overdraft limit: 0.000000005 USD");
  }

  @ParameterizedTest
  @EnumSource(EntryType.class)
  void shouldTellEveryTypeOfEntry(EntryType type) {
    LedgerEntry entry = entry(1, type, "cause", 5, 0, new LotMovement("lot", 5L));

    assertThat(only(Stories.of(history("cause", entry), policies, "USD", "cause")).headline())
        .contains("cause", "0.000000005 USD");
  }

  @ParameterizedTest
  @EnumSource(BlockReason.class)
  void shouldTellEveryReasonOfABlock(BlockReason reason) {
    UsageBlocked block =
        UsageBlocked.newBuilder()
            .setId("e1")
            .setAccountId("acme")
            .setModel("m")
            .setReason(reason)
            .setRemedy("Do something.")
            .setServed(true)
            .setOccurredAt(TIME)
            .build();

    Story story = only(Stories.of(history("e1", block), policies, "USD", "e1"));

    assertThat(story.headline())
        .isEqualTo("Usage e1 of m was blocked, served but not charged: " + reason);
    assertThat(story.next()).containsExactly("Do something.");
  }

  @Test
  void shouldNameThePolicyThatBlocked() {
    UsageBlocked block =
        UsageBlocked.newBuilder()
            .setId("e1")
            .setAccountId("acme")
            .setModel("m")
            .setPolicyId("policy-1")
            .setOccurredAt(TIME)
            .build();
    History history = history("e1", block);
    assertThat(only(Stories.of(history, policies, "USD", "e1")).details())
        .contains("policy policy-1 of model m, which has been replaced since");

    policies.add(
        new ModelAccessPolicy(
            "m",
            List.of(
                new AccessRequirement(
                    "*", Requirement.VERIFIED_ORGANIZATION, "policy-1", TIME, TIME, null)),
            7L));

    assertThat(only(Stories.of(history, policies, "USD", "e1")).details())
        .contains(
            "policy policy-1 of model m, version 7: every call needs VERIFIED_ORGANIZATION,"
                + " announced 2026-09-01T10:00:00.000Z, in force from 2026-09-01T10:00:00.000Z");
  }

  @Test
  void shouldTellARechargeFromItsCauseToWhatComesNext() {
    RechargeRequested first = request(1, RechargeReason.BELOW_THRESHOLD, TIME);
    PaymentFailed declined =
        PaymentFailed.newBuilder()
            .setPaymentId("pay-1")
            .setAccountId("acme")
            .setAmountNanos(20 * UNIT)
            .setOccurredAt(TIME.plusSeconds(5))
            .setRechargeId("acme:1")
            .setAttempt(1)
            .setDeclineCode("do_not_honor")
            .build();
    BalanceAlert alert =
        BalanceAlert.newBuilder()
            .setAlertId("acme:CONTACT_ISSUER:acme:1:1")
            .setAccountId("acme")
            .setType(AlertType.CONTACT_ISSUER)
            .setOccurredAt(TIME.plusSeconds(6))
            .setNextAttemptAt(TIME.plusSeconds(3600))
            .setDetail("Your bank holds the payment; call it.")
            .build();

    Story waiting = only(Stories.of(history("acme:1", first), policies, "USD", "acme:1"));
    assertThat(waiting.headline()).isEqualTo("Recharge acme:1 of 20.00 USD has not been paid");
    assertThat(waiting.details())
        .containsExactly(
            "it fired because the balance was at or below the threshold: balance 4.00 USD,"
                + " threshold 5.00, target 24.00");
    assertThat(waiting.next())
        .containsExactly(
            "it waits for the payment service; without a word, attempt 1 is sent again at"
                + " 2026-09-01T10:15:00.000Z");

    Story declinedOnce =
        only(Stories.of(history("pay-1", first, declined, alert), policies, "USD", "pay-1"));
    assertThat(declinedOnce.moments())
        .extracting(Story.Moment::what)
        .containsExactly(
            "attempt 1 requested",
            "the bank declined attempt 1: code do_not_honor",
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
        only(
            Stories.of(
                history("acme:1", first, declined, alert, again, paid), policies, "USD", "acme:1"));
    assertThat(done.headline()).isEqualTo("Recharge acme:1 of 20.00 USD was paid");
    assertThat(done.moments()).hasSize(5);
    assertThat(done.next()).isEmpty();
  }

  @Test
  void shouldShowTheRecordBehindEachMoment() {
    RechargeRequested request = request(1, RechargeReason.BELOW_THRESHOLD, TIME);

    Story story = only(Stories.of(history("acme:1", request), policies, "USD", "acme:1"));

    assertThat(story.toJson().at("/moments/0/record/value/idempotencyKey").asText())
        .isEqualTo("acme:1:1");
    assertThat(story.toJson().at("/moments/0/coordinates").asText())
        .isEqualTo("recharge-requests-0@1");
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

  private static LedgerEntry entry(
      long version, EntryType type, String cause, long amount, long before, LotMovement movement) {
    return LedgerEntry.newBuilder()
        .setEntryId("acme:" + version)
        .setAccountId("acme")
        .setVersion(version)
        .setType(type)
        .setCause(new Cause("topic", cause, 0, version))
        .setOccurredAt(TIME)
        .setRecordedAt(TIME.plusSeconds(version))
        .setAmountNanos(amount)
        .setBalanceBeforeNanos(before)
        .setBalanceAfterNanos(before + amount)
        .setLotMovements(List.of(movement))
        .build();
  }

  private History history(String id, SpecificRecord... records) {
    History history = new History("acme", record -> Stories.isAbout(record, id));
    for (SpecificRecord record : records) {
      TopicSpec topic =
          TopicCatalogue.all().stream()
              .filter(spec -> spec.recordSet().contains(record.getSchema()))
              .findFirst()
              .orElseThrow();
      offset++;
      history.add(
          new TopicRecord(
              topic, 0, offset, TIME.plusSeconds(offset), "acme", record, new byte[0], null));
    }
    return history;
  }

  private static Story only(List<Story> stories) {
    assertThat(stories).hasSize(1);
    return stories.get(0);
  }
}
