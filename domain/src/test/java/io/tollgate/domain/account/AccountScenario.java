package io.tollgate.domain.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.effect.Effect;
import io.tollgate.domain.effect.Effect.AccountAccess;
import io.tollgate.domain.effect.Effect.AccountAccessRemoved;
import io.tollgate.domain.effect.Effect.AccountBalance;
import io.tollgate.domain.effect.Effect.AccountStatus;
import io.tollgate.domain.effect.Effect.AlertType;
import io.tollgate.domain.effect.Effect.AuthorizationDecided;
import io.tollgate.domain.effect.Effect.AuthorizationOutcome;
import io.tollgate.domain.effect.Effect.BalanceAlert;
import io.tollgate.domain.effect.Effect.BlockReason;
import io.tollgate.domain.effect.Effect.ClaimAction;
import io.tollgate.domain.effect.Effect.ClaimKind;
import io.tollgate.domain.effect.Effect.ClaimRequested;
import io.tollgate.domain.effect.Effect.CreditState;
import io.tollgate.domain.effect.Effect.CreditStranded;
import io.tollgate.domain.effect.Effect.EntryType;
import io.tollgate.domain.effect.Effect.LedgerEntry;
import io.tollgate.domain.effect.Effect.LotBalance;
import io.tollgate.domain.effect.Effect.LotMovement;
import io.tollgate.domain.effect.Effect.RechargeReason;
import io.tollgate.domain.effect.Effect.RechargeRequested;
import io.tollgate.domain.effect.Effect.RefundDecided;
import io.tollgate.domain.effect.Effect.RefundDecisionBasis;
import io.tollgate.domain.effect.Effect.ReversalRejected;
import io.tollgate.domain.effect.Effect.StrandingCleared;
import io.tollgate.domain.effect.Effect.TrialDecided;
import io.tollgate.domain.effect.Effect.UsageBlocked;
import io.tollgate.domain.event.AccountEvent;
import io.tollgate.domain.event.AccountEvent.AccountOpened;
import io.tollgate.domain.event.AccountEvent.AccountReinstated;
import io.tollgate.domain.event.AccountEvent.AccountSuspended;
import io.tollgate.domain.event.AccountEvent.AlertLevelsConfigured;
import io.tollgate.domain.event.AccountEvent.AuthorizationReleased;
import io.tollgate.domain.event.AccountEvent.AutoRechargeConfigured;
import io.tollgate.domain.event.AccountEvent.BuyerType;
import io.tollgate.domain.event.AccountEvent.ClaimAnswered;
import io.tollgate.domain.event.AccountEvent.CreditVoided;
import io.tollgate.domain.event.AccountEvent.DisputeStatus;
import io.tollgate.domain.event.AccountEvent.DisputeUpdated;
import io.tollgate.domain.event.AccountEvent.IssuerCleared;
import io.tollgate.domain.event.AccountEvent.OverdraftConfigured;
import io.tollgate.domain.event.AccountEvent.PaymentRefunded;
import io.tollgate.domain.event.AccountEvent.PhoneVerified;
import io.tollgate.domain.event.AccountEvent.RefundBasis;
import io.tollgate.domain.event.AccountEvent.RefundRequested;
import io.tollgate.domain.event.AccountEvent.RefundStatus;
import io.tollgate.domain.event.AccountEvent.SpendLimitConfigured;
import io.tollgate.domain.event.AccountEvent.SpendLimitEnforcement;
import io.tollgate.domain.event.AccountEvent.SpendLimitScope;
import io.tollgate.domain.event.AccountEvent.VerificationStatus;
import io.tollgate.domain.event.AccountEvent.VerificationUpdated;
import io.tollgate.domain.event.AuthorizationBuilder;
import io.tollgate.domain.event.DeclineBuilder;
import io.tollgate.domain.event.GrantBuilder;
import io.tollgate.domain.event.PaymentBuilder;
import io.tollgate.domain.event.UsageBuilder;
import io.tollgate.domain.rating.ModelPrices;
import io.tollgate.domain.rating.PriceRow;
import io.tollgate.domain.rating.Reference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A story of the account {@code acme}, told in sentences. Amounts are cents unless a name says
 * otherwise; the model {@code metered} costs one nano an input token, so that usage can be told in
 * money. Every record and every deadline is checked against the {@link AccountInvariants}.
 */
final class AccountScenario {

  static final String ACCOUNT = "acme";
  static final long CENT = 10_000_000L;

  final Reference reference = new Reference();
  private final AccountPipeline pipeline;
  private final List<Effect> effects = new ArrayList<>();
  private long now = time("2026-01-01T00:00:00Z");
  private @Nullable Decision last;

  AccountScenario() {
    this(RuleSettings.defaults(DeclineCodes.TABLE));
  }

  AccountScenario(RuleSettings settings) {
    pipeline = new AccountPipeline(settings, reference);
    reference.put(
        new ModelPrices(
            "metered", List.of(), List.of(new PriceRow("input", "standard", 0, 1_000_000, 0))));
  }

  static long time(String iso) {
    return Instant.parse(iso).toEpochMilli();
  }

  // What happens.

  /** Sets the time at which the next records arrive. */
  AccountScenario at(String iso) {
    return at(time(iso));
  }

  AccountScenario at(long millis) {
    now = millis;
    return this;
  }

  /** Lets time pass up to there: everything due by then fires. */
  AccountScenario until(String iso) {
    return until(time(iso));
  }

  AccountScenario until(long millis) {
    now = millis;
    pipeline.tick(now);
    effects.addAll(pipeline.drain());
    return this;
  }

  AccountScenario pays(String paymentId, long cents) {
    return happens(PaymentBuilder.payment(paymentId, cents * CENT));
  }

  AccountScenario happens(PaymentBuilder payment) {
    return happens("payment-events", payment.build(now));
  }

  AccountScenario refund(String refundId, String paymentId, long cents, RefundStatus status) {
    return happens(
        "payment-events",
        new PaymentRefunded(refundId, paymentId, ACCOUNT, cents * CENT, status, now));
  }

  AccountScenario dispute(String disputeId, String paymentId, long cents, DisputeStatus status) {
    return happens(
        "payment-events",
        new DisputeUpdated(disputeId, paymentId, ACCOUNT, cents * CENT, status, now));
  }

  AccountScenario asksBack(String requestId, String paymentId, RefundBasis basis) {
    return happens(new RefundRequested(requestId, ACCOUNT, paymentId, basis, now));
  }

  /** The attempt of a recharge is declined, with no word about the card. */
  AccountScenario isDeclined(long recharge, int attempt, String code) {
    return happens(
        DeclineBuilder.decline("d" + recharge + "-" + attempt, code)
            .recharge(ACCOUNT + ":" + recharge, attempt));
  }

  AccountScenario happens(DeclineBuilder decline) {
    return happens("payment-events", decline.build(now));
  }

  AccountScenario clearsIssuer(@Nullable String card) {
    return happens("payment-events", new IssuerCleared(ACCOUNT, card, now));
  }

  /** The budget of the card has room for an attempt of a recharge, or not before a time. */
  AccountScenario isAnswered(long recharge, int attempt, @Nullable Long retryAt) {
    return happens(
        "claim-answers",
        new ClaimAnswered(
            ClaimKind.CARD,
            "CARD:card",
            ACCOUNT,
            "%s:%d:%d".formatted(ACCOUNT, recharge, attempt),
            retryAt == null,
            retryAt == null ? null : "CARD_BUDGET_USED_UP",
            retryAt,
            now));
  }

  /** Usage that happens now and costs so much. */
  AccountScenario uses(String eventId, long cents) {
    return happens(UsageBuilder.usage(eventId).input(cents * CENT));
  }

  AccountScenario happens(UsageBuilder usage) {
    return happens("usage-events", usage.build(now));
  }

  /** Asks for so much credit, for one call. */
  AccountScenario asks(String authorizationId, long cents) {
    return happens(AuthorizationBuilder.authorization(authorizationId).input(cents * CENT));
  }

  /** Asks for so much credit, for as many calls as it pays. */
  AccountScenario asksForLease(String authorizationId, long cents) {
    return happens(AuthorizationBuilder.authorization(authorizationId).lease().input(cents * CENT));
  }

  AccountScenario happens(AuthorizationBuilder authorization) {
    return happens("authorization-requests", authorization.build(now));
  }

  /** Usage that happens now, costs so much and names an authorization. */
  AccountScenario uses(String eventId, long cents, String authorizationId) {
    return happens(UsageBuilder.usage(eventId).input(cents * CENT).authorization(authorizationId));
  }

  AccountScenario releases(String authorizationId) {
    return releases(authorizationId, null);
  }

  AccountScenario releases(String authorizationId, @Nullable Long settledUsage) {
    return happens(
        "authorization-requests",
        new AuthorizationReleased(authorizationId, ACCOUNT, now, settledUsage));
  }

  AccountScenario isGranted(String grantId, long cents) {
    return happens(GrantBuilder.grant(grantId, cents * CENT));
  }

  AccountScenario happens(GrantBuilder grant) {
    return happens("account-events", grant.build(now));
  }

  AccountScenario loses(String grantId) {
    return happens(new CreditVoided(grantId, ACCOUNT, now, null));
  }

  AccountScenario opens(String currency) {
    return happens(new AccountOpened(ACCOUNT, now, currency, null, BuyerType.BUSINESS));
  }

  AccountScenario verification(VerificationStatus status) {
    return happens(new VerificationUpdated(ACCOUNT, status, null, now, null));
  }

  AccountScenario isVerifiedAs(String identityHash) {
    return happens(
        new VerificationUpdated(ACCOUNT, VerificationStatus.VERIFIED, identityHash, now, null));
  }

  AccountScenario verifiesPhone(String phoneHash) {
    return happens(new PhoneVerified(ACCOUNT, phoneHash, now));
  }

  /** The registry answers a claim. */
  AccountScenario isAnswered(ClaimRequested claim, boolean granted) {
    return happens(
        "claim-answers",
        new ClaimAnswered(
            claim.kind(),
            claim.claimKey(),
            ACCOUNT,
            claim.subject(),
            granted,
            granted ? null : "TAKEN",
            null,
            now));
  }

  /** Limits spending in a month; null limits no more. */
  AccountScenario limits(SpendLimitScope scope, @Nullable String id, @Nullable Long cents) {
    return limits(scope, id, cents, SpendLimitEnforcement.ALERT);
  }

  AccountScenario limits(
      SpendLimitScope scope,
      @Nullable String id,
      @Nullable Long cents,
      SpendLimitEnforcement enforcement) {
    return happens(
        new SpendLimitConfigured(
            ACCOUNT, scope, id, cents == null ? null : cents * CENT, enforcement, now));
  }

  AccountScenario isSuspended() {
    return happens(new AccountSuspended(ACCOUNT, now, null));
  }

  AccountScenario isReinstated() {
    return happens(new AccountReinstated(ACCOUNT, now, null));
  }

  AccountScenario wantsAlertsAt(long... cents) {
    List<Long> levels = Arrays.stream(cents).mapToObj(level -> level * CENT).toList();
    return happens(new AlertLevelsConfigured(ACCOUNT, levels, now));
  }

  AccountScenario mayOverdraw(long cents) {
    return happens(new OverdraftConfigured(ACCOUNT, cents * CENT, now));
  }

  AccountScenario recharges(long thresholdCents, long targetCents) {
    return happens(
        new AutoRechargeConfigured(
            ACCOUNT, true, thresholdCents * CENT, targetCents * CENT, null, now));
  }

  AccountScenario rechargesUpTo(long limitCents, long thresholdCents, long targetCents) {
    return happens(
        new AutoRechargeConfigured(
            ACCOUNT, true, thresholdCents * CENT, targetCents * CENT, limitCents * CENT, now));
  }

  AccountScenario rechargesNoMore() {
    return happens(new AutoRechargeConfigured(ACCOUNT, false, 0, 0, null, now));
  }

  AccountScenario happens(AccountEvent event) {
    return happens("account-events", event);
  }

  private AccountScenario happens(String topic, AccountEvent event) {
    last = pipeline.process(topic, event, now);
    effects.addAll(pipeline.drain());
    return this;
  }

  /** Leaves unsaid what came out so far. */
  AccountScenario soFar() {
    effects.clear();
    last = null;
    return this;
  }

  // What is expected, in the order in which each kind came out.

  AccountScenario expectEntry(EntryType type, long amountCents, long balanceAfterCents) {
    LedgerEntry entry = entry();
    assertThat(List.of(entry.type(), entry.amountNanos(), entry.balanceAfterNanos()))
        .isEqualTo(List.of(type, amountCents * CENT, balanceAfterCents * CENT));
    return this;
  }

  AccountScenario expectEntry(
      EntryType type, long amountCents, long balanceAfterCents, LotMovement... movements) {
    LedgerEntry entry = entry();
    assertThat(List.of(entry.type(), entry.amountNanos(), entry.balanceAfterNanos()))
        .isEqualTo(List.of(type, amountCents * CENT, balanceAfterCents * CENT));
    assertThat(entry.lotMovements()).containsExactly(movements);
    return this;
  }

  static LotMovement moved(String lotId, long cents) {
    return new LotMovement(lotId, cents * CENT);
  }

  AccountScenario expectAlert(AlertType type, String subject) {
    assertThat(alert().alertId()).isEqualTo(ACCOUNT + ":" + type + ":" + subject);
    return this;
  }

  AccountScenario expectRecharge(long number, long cents, RechargeReason reason) {
    return expectRecharge(number, 1, cents, reason);
  }

  AccountScenario expectRecharge(long number, int attempt, long cents, RechargeReason reason) {
    RechargeRequested request = recharge();
    assertThat(List.of(request.rechargeId(), request.amountNanos(), request.reason()))
        .isEqualTo(List.of(ACCOUNT + ":" + number, cents * CENT, reason));
    assertThat(request.attempt()).isEqualTo(attempt);
    assertThat(request.idempotencyKey()).isEqualTo(ACCOUNT + ":" + number + ":" + attempt);
    return this;
  }

  /** A word to the registry about a card. */
  AccountScenario expectClaim(ClaimAction action, String card, String subject) {
    ClaimRequested claim = claim();
    assertThat(List.of(claim.action(), claim.claimKey(), claim.subject()))
        .isEqualTo(List.of(action, "CARD:" + card, subject));
    assertThat(claim.kind()).isEqualTo(ClaimKind.CARD);
    assertThat(claim.requestedAt()).isEqualTo(account().ruleTime());
    return this;
  }

  /** An alert that says when the recharge is tried next; null: not at all. */
  AccountScenario expectAlert(AlertType type, String subject, @Nullable Long nextAttemptAt) {
    BalanceAlert alert = alert();
    assertThat(alert.alertId()).isEqualTo(ACCOUNT + ":" + type + ":" + subject);
    assertThat(alert.nextAttemptAt()).isEqualTo(nextAttemptAt);
    assertThat(alert.detail()).isNotBlank();
    return this;
  }

  AccountScenario expectBlocked(String eventId, BlockReason reason) {
    UsageBlocked blocked = blocked();
    assertThat(List.of(blocked.id(), blocked.reason())).isEqualTo(List.of(eventId, reason));
    return this;
  }

  AccountScenario expectAllowed(String authorizationId, long heldCents) {
    AuthorizationDecided decided = decided();
    assertThat(List.of(decided.authorizationId(), decided.outcome(), decided.heldNanos()))
        .isEqualTo(List.of(authorizationId, AuthorizationOutcome.ALLOWED, heldCents * CENT));
    assertThat(decided.reason()).isNull();
    assertThat(decided.remedy()).isNull();
    return this;
  }

  /** It was denied, and told as a call that was not served. */
  AccountScenario expectDenied(String authorizationId, BlockReason reason) {
    AuthorizationDecided decided = decided();
    assertThat(List.of(decided.authorizationId(), decided.outcome(), decided.heldNanos()))
        .isEqualTo(List.of(authorizationId, AuthorizationOutcome.DENIED, 0L));
    assertThat(decided.reason()).isEqualTo(reason);
    assertThat(decided.remedy()).isNotBlank();
    assertThat(decided.expiresAt()).isNull();
    assertThat(decided.finalGrant()).isFalse();
    UsageBlocked blocked = blocked();
    assertThat(List.of(blocked.id(), blocked.reason(), blocked.served(), blocked.remedy()))
        .isEqualTo(List.of(authorizationId, reason, false, decided.remedy()));
    return this;
  }

  AccountScenario expectHeld(long cents) {
    assertThat(balance().heldNanos()).isEqualTo(cents * CENT);
    return this;
  }

  AccountScenario expectAccess(AccountStatus status, boolean verified, CreditState creditState) {
    AccountAccess access = access();
    assertThat(List.of(access.status(), access.verified(), access.creditState()))
        .isEqualTo(List.of(status, verified, creditState));
    assertThat(access.spendLimitReached()).isFalse();
    return this;
  }

  AccountScenario expectStranded(String lotId, String policyId, long cents) {
    assertThat(next(CreditStranded.class))
        .isEqualTo(new CreditStranded(ACCOUNT, lotId, policyId, cents * CENT, now));
    return this;
  }

  AccountScenario expectCleared(String lotId, String policyId, long cents) {
    assertThat(next(StrandingCleared.class))
        .isEqualTo(new StrandingCleared(ACCOUNT, lotId, policyId, cents * CENT, now));
    return this;
  }

  AccountScenario expectRefund(boolean eligible, RefundDecisionBasis basis, long maxCents) {
    RefundDecided decided = refundDecided();
    assertThat(List.of(decided.eligible(), decided.basis(), decided.maxAmountNanos()))
        .isEqualTo(List.of(eligible, basis, maxCents * CENT));
    assertThat(decided.evidence()).isNotEmpty().allSatisfy(each -> assertThat(each).isNotBlank());
    return this;
  }

  AccountScenario expectAccessRemoved() {
    next(AccountAccessRemoved.class);
    return this;
  }

  AccountScenario expectRejected(RejectionReason reason) {
    assertThat(last)
        .isInstanceOfSatisfying(
            Decision.Rejected.class,
            rejected -> {
              assertThat(rejected.rejection().reason()).isEqualTo(reason);
              assertThat(rejected.rejection().detail()).isNotBlank();
            });
    last = null;
    return this;
  }

  AccountScenario expectDuplicate() {
    assertThat(last).isEqualTo(new Decision.Duplicate());
    last = null;
    return this;
  }

  /** Nothing else came out, except what the account has and may do. */
  AccountScenario expectNothingMore() {
    assertThat(effects)
        .filteredOn(
            effect ->
                !(effect instanceof AccountBalance)
                    && !(effect instanceof AccountAccess)
                    && !(effect instanceof AccountAccessRemoved))
        .isEmpty();
    if (last != null) {
      assertThat(last).isInstanceOf(Decision.Applied.class);
    }
    effects.clear();
    return this;
  }

  /** Nothing else came out at all. */
  AccountScenario expectSilence() {
    assertThat(effects).isEmpty();
    return this;
  }

  AccountScenario expectPosted(long cents) {
    assertThat(balance().postedNanos()).isEqualTo(cents * CENT);
    return this;
  }

  AccountScenario expectAvailable(long cents) {
    assertThat(balance().availableNanos()).isEqualTo(cents * CENT);
    return this;
  }

  AccountScenario expectFrozen(String lotId, long cents) {
    assertThat(lot(lotId).frozenNanos()).isEqualTo(cents * CENT);
    return this;
  }

  AccountScenario expectDebt(long cents) {
    assertThat(balance().debtNanos()).isEqualTo(cents * CENT);
    return this;
  }

  /** The lots with what is left in them, in drain order. */
  AccountScenario expectLots(LotMovement... remaining) {
    assertThat(balance().lots())
        .extracting(lot -> new LotMovement(lot.lotId(), lot.remainingNanos()))
        .containsExactly(remaining);
    return this;
  }

  TrialDecided trial() {
    return next(TrialDecided.class);
  }

  LedgerEntry entry() {
    return next(LedgerEntry.class);
  }

  AuthorizationDecided decided() {
    return next(AuthorizationDecided.class);
  }

  BalanceAlert alert() {
    return next(BalanceAlert.class);
  }

  RechargeRequested recharge() {
    return next(RechargeRequested.class);
  }

  ClaimRequested claim() {
    return next(ClaimRequested.class);
  }

  UsageBlocked blocked() {
    return next(UsageBlocked.class);
  }

  RefundDecided refundDecided() {
    return next(RefundDecided.class);
  }

  ReversalRejected reversalRejected() {
    return next(ReversalRejected.class);
  }

  AccountAccess access() {
    return next(AccountAccess.class);
  }

  AccountBalance published() {
    return next(AccountBalance.class);
  }

  /** The balance as it is, published or not. */
  AccountBalance balance() {
    return account().balance();
  }

  LotBalance lot(String lotId) {
    return balance().lots().stream()
        .filter(lot -> lot.lotId().equals(lotId))
        .findFirst()
        .orElseThrow();
  }

  Account account() {
    Account account = pipeline.account();
    if (account == null) {
      throw new AssertionError("there is no account yet");
    }
    return account;
  }

  boolean knowsTheAccount() {
    return pipeline.account() != null;
  }

  byte[] snapshot() {
    return pipeline.encode(account());
  }

  long nextDeadline() {
    return pipeline.rules.nextDeadline(account());
  }

  private <E extends Effect> E next(Class<E> type) {
    for (Iterator<Effect> each = effects.iterator(); each.hasNext(); ) {
      Effect effect = each.next();
      if (type.isInstance(effect)) {
        each.remove();
        return type.cast(effect);
      }
    }
    throw new AssertionError("no " + type.getSimpleName() + " in " + effects + " after " + last);
  }
}
