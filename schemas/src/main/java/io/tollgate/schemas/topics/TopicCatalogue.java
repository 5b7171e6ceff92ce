package io.tollgate.schemas.topics;

import io.tollgate.events.AccountAccess;
import io.tollgate.events.AccountBalance;
import io.tollgate.events.AccountOpened;
import io.tollgate.events.AccountReinstated;
import io.tollgate.events.AccountSuspended;
import io.tollgate.events.AlertLevelsConfigured;
import io.tollgate.events.AuthorizationDecided;
import io.tollgate.events.AuthorizationReleased;
import io.tollgate.events.AuthorizationRequested;
import io.tollgate.events.AutoRechargeConfigured;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.ClaimAnswered;
import io.tollgate.events.ClaimRequested;
import io.tollgate.events.ClockTick;
import io.tollgate.events.CreditGranted;
import io.tollgate.events.CreditStranded;
import io.tollgate.events.CreditVoided;
import io.tollgate.events.DisputeUpdated;
import io.tollgate.events.IssuerCleared;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.ModelAccessPolicy;
import io.tollgate.events.ModelPrices;
import io.tollgate.events.OverdraftConfigured;
import io.tollgate.events.PaymentFailed;
import io.tollgate.events.PaymentRefunded;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.PhoneVerified;
import io.tollgate.events.RechargeRequested;
import io.tollgate.events.RefundDecided;
import io.tollgate.events.RefundRequested;
import io.tollgate.events.RejectedEvent;
import io.tollgate.events.SpendLimitConfigured;
import io.tollgate.events.StrandingCleared;
import io.tollgate.events.TrialDecided;
import io.tollgate.events.UsageBlocked;
import io.tollgate.events.UsageEvent;
import io.tollgate.events.VerificationUpdated;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;

/**
 * Every topic of Tollgate, in the order of the contract, internal ones last.
 *
 * <p>All topics but {@link #REFERENCE} bear the time of the append: retention must not remove a
 * back-dated record early, and a broker must not refuse one for its time.
 */
public final class TopicCatalogue {

  private static final String ACCOUNT_ID = "accountId";

  // Usage is remembered, and may arrive late, for 35 days; a rejected event is replayed from its
  // input topic, so both are kept as long.
  private static final Duration USAGE_PERIOD = Duration.ofDays(35);
  // Authorizations live for minutes and are remembered for a day; the rest is for looking back.
  private static final Duration AUTHORIZATION_PERIOD = Duration.ofDays(7);
  // Notices are the customer's evidence in disputes, which may be opened months after a payment.
  private static final Duration NOTICE_PERIOD = Duration.ofDays(365);
  // Longer than an outage may last before it is noticed; the registry's own state is what endures.
  private static final Duration CLAIM_PERIOD = Duration.ofDays(7);
  // Only the ticks since the last commit are ever read.
  private static final Duration CLOCK_PERIOD = Duration.ofDays(1);

  // An active segment is never cleaned and is read whole: 64 MB instead of Kafka's 1 GB.
  private static final Map<String, String> SMALL_SEGMENTS =
      Map.of(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(64 * 1024 * 1024));
  // Ticks are too few to ever fill a segment; without this, a week of them would be kept.
  private static final Map<String, String> HOURLY_SEGMENTS =
      Map.of(TopicConfig.SEGMENT_MS_CONFIG, Long.toString(Duration.ofHours(1).toMillis()));

  public static final TopicSpec USAGE_EVENTS =
      ofAccounts(
          "usage-events",
          Direction.IN,
          "gateways",
          "Finished calls to models, as measured.",
          Retention.of(USAGE_PERIOD),
          UsageEvent.getClassSchema());

  public static final TopicSpec AUTHORIZATION_REQUESTS =
      ofAccounts(
          "authorization-requests",
          Direction.IN,
          "gateways",
          "Questions whether a call may go ahead, and holds given back.",
          Retention.of(AUTHORIZATION_PERIOD),
          AuthorizationRequested.getClassSchema(),
          AuthorizationReleased.getClassSchema());

  public static final TopicSpec PAYMENT_EVENTS =
      ofAccounts(
          "payment-events",
          Direction.IN,
          "payment service",
          "What happened to customers' money.",
          Retention.forever(),
          PaymentSucceeded.getClassSchema(),
          PaymentFailed.getClassSchema(),
          PaymentRefunded.getClassSchema(),
          DisputeUpdated.getClassSchema(),
          IssuerCleared.getClassSchema());

  public static final TopicSpec ACCOUNT_EVENTS =
      ofAccounts(
          "account-events",
          Direction.IN,
          "account service",
          "Facts and settings of accounts, free credit, operators' actions.",
          Retention.forever(),
          AccountOpened.getClassSchema(),
          PhoneVerified.getClassSchema(),
          VerificationUpdated.getClassSchema(),
          AutoRechargeConfigured.getClassSchema(),
          AlertLevelsConfigured.getClassSchema(),
          SpendLimitConfigured.getClassSchema(),
          OverdraftConfigured.getClassSchema(),
          CreditGranted.getClassSchema(),
          CreditVoided.getClassSchema(),
          AccountSuspended.getClassSchema(),
          AccountReinstated.getClassSchema(),
          RefundRequested.getClassSchema());

  public static final TopicSpec PRICE_BOOK =
      ofModels(
          "price-book", "pricing operators", "Prices of each model.", ModelPrices.getClassSchema());

  public static final TopicSpec ACCESS_POLICIES =
      ofModels(
          "access-policies",
          "policy operators",
          "What each model asks of those who use it.",
          ModelAccessPolicy.getClassSchema());

  public static final TopicSpec LEDGER_ENTRIES =
      ofAccounts(
          "ledger-entries",
          Direction.OUT,
          "account task",
          "The books: every change of every balance.",
          Retention.forever(),
          LedgerEntry.getClassSchema());

  public static final TopicSpec ACCOUNT_BALANCES =
      ofAccounts(
          "account-balances",
          Direction.OUT,
          "account task",
          "The balance of each account, now.",
          Retention.lastOfKey(),
          AccountBalance.getClassSchema());

  public static final TopicSpec ACCOUNT_ACCESS =
      ofAccounts(
          "account-access",
          Direction.OUT,
          "account task",
          "Whether each account may use models, for gateways that keep a copy.",
          Retention.lastOfKey(),
          AccountAccess.getClassSchema());

  public static final TopicSpec BALANCE_ALERTS =
      ofAccounts(
          "balance-alerts",
          Direction.OUT,
          "account task",
          "What customers should know about their balance.",
          Retention.of(USAGE_PERIOD),
          BalanceAlert.getClassSchema());

  public static final TopicSpec RECHARGE_REQUESTS =
      ofAccounts(
          "recharge-requests",
          Direction.OUT,
          "account task",
          "Amounts that the payment service should take from cards.",
          Retention.of(USAGE_PERIOD),
          RechargeRequested.getClassSchema());

  public static final TopicSpec AUTHORIZATION_DECISIONS =
      ofAccounts(
          "authorization-decisions",
          Direction.OUT,
          "account task",
          "Answers to requests for authorization.",
          Retention.of(AUTHORIZATION_PERIOD),
          AuthorizationDecided.getClassSchema());

  public static final TopicSpec BLOCKED_USAGE =
      ofAccounts(
          "blocked-usage",
          Direction.OUT,
          "account task",
          "Usage that was not charged and authorizations that were denied, with the remedy.",
          Retention.of(USAGE_PERIOD),
          UsageBlocked.getClassSchema());

  public static final TopicSpec CREDIT_NOTICES =
      ofAccounts(
          "credit-notices",
          Direction.OUT,
          "account task",
          "Decisions about trials, stranded credit and refunds.",
          Retention.of(NOTICE_PERIOD),
          TrialDecided.getClassSchema(),
          CreditStranded.getClassSchema(),
          StrandingCleared.getClassSchema(),
          RefundDecided.getClassSchema());

  public static final TopicSpec REJECTED_EVENTS =
      new TopicSpec(
          "rejected-events",
          Direction.OUT,
          "account task, broadcast, claims registry",
          "Records that were refused without effect, with the reason.",
          "key of the refused record",
          null,
          List.of(RejectedEvent.getClassSchema()),
          Partitioning.PER_ACCOUNT,
          Retention.of(USAGE_PERIOD),
          TimestampType.LOG_APPEND_TIME,
          Map.of());

  public static final TopicSpec CLOCK =
      new TopicSpec(
          "clock",
          Direction.INTERNAL,
          "every instance",
          "A tick a second for each partition.",
          "none",
          null,
          List.of(ClockTick.getClassSchema()),
          Partitioning.PER_ACCOUNT,
          Retention.of(CLOCK_PERIOD),
          TimestampType.LOG_APPEND_TIME,
          HOURLY_SEGMENTS);

  public static final TopicSpec REFERENCE =
      new TopicSpec(
          "reference",
          Direction.INTERNAL,
          "broadcast",
          "A copy of all prices and policies for each partition.",
          "<source topic>/<model>",
          null,
          List.of(ModelPrices.getClassSchema(), ModelAccessPolicy.getClassSchema()),
          Partitioning.PER_ACCOUNT,
          Retention.lastOfKey(),
          // The copy keeps the time of the record that it is a copy of.
          TimestampType.CREATE_TIME,
          SMALL_SEGMENTS);

  public static final TopicSpec CLAIM_REQUESTS =
      new TopicSpec(
          "claim-requests",
          Direction.INTERNAL,
          "account task",
          "Claims of phones, identities and cards.",
          "claimKey",
          "claimKey",
          List.of(ClaimRequested.getClassSchema()),
          Partitioning.PER_ACCOUNT,
          Retention.of(CLAIM_PERIOD),
          TimestampType.LOG_APPEND_TIME,
          Map.of());

  public static final TopicSpec CLAIM_ANSWERS =
      ofAccounts(
          "claim-answers",
          Direction.INTERNAL,
          "claims registry",
          "Who got the phones, identities and cards that were claimed.",
          Retention.of(CLAIM_PERIOD),
          ClaimAnswered.getClassSchema());

  private static final List<TopicSpec> ALL =
      List.of(
          USAGE_EVENTS,
          AUTHORIZATION_REQUESTS,
          PAYMENT_EVENTS,
          ACCOUNT_EVENTS,
          PRICE_BOOK,
          ACCESS_POLICIES,
          LEDGER_ENTRIES,
          ACCOUNT_BALANCES,
          ACCOUNT_ACCESS,
          BALANCE_ALERTS,
          RECHARGE_REQUESTS,
          AUTHORIZATION_DECISIONS,
          BLOCKED_USAGE,
          CREDIT_NOTICES,
          REJECTED_EVENTS,
          CLOCK,
          REFERENCE,
          CLAIM_REQUESTS,
          CLAIM_ANSWERS);

  private TopicCatalogue() {}

  /** All topics, in the order of the contract, internal ones last. */
  public static List<TopicSpec> all() {
    return ALL;
  }

  /** The topic with this name, without prefix. */
  public static Optional<TopicSpec> byName(String name) {
    return ALL.stream().filter(topic -> topic.name().equals(name)).findFirst();
  }

  private static TopicSpec ofAccounts(
      String name,
      Direction direction,
      String owner,
      String description,
      Retention retention,
      Schema... records) {
    return new TopicSpec(
        name,
        direction,
        owner,
        description,
        ACCOUNT_ID,
        ACCOUNT_ID,
        List.of(records),
        Partitioning.PER_ACCOUNT,
        retention,
        TimestampType.LOG_APPEND_TIME,
        retention.isCompacted() ? SMALL_SEGMENTS : Map.of());
  }

  private static TopicSpec ofModels(String name, String owner, String description, Schema record) {
    return new TopicSpec(
        name,
        Direction.IN,
        owner,
        description,
        "model",
        "model",
        List.of(record),
        Partitioning.SINGLE,
        Retention.lastOfKey(),
        TimestampType.LOG_APPEND_TIME,
        SMALL_SEGMENTS);
  }
}
