package io.tollgate.domain.account;

import io.tollgate.domain.Amounts;
import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.effect.Effect;
import io.tollgate.domain.effect.Effect.AccountAccess;
import io.tollgate.domain.effect.Effect.AccountAccessRemoved;
import io.tollgate.domain.effect.Effect.AccountBalance;
import io.tollgate.domain.effect.Effect.AlertType;
import io.tollgate.domain.effect.Effect.BalanceAlert;
import io.tollgate.domain.effect.Effect.Cause;
import io.tollgate.domain.effect.Effect.EntryFlag;
import io.tollgate.domain.effect.Effect.EntryType;
import io.tollgate.domain.effect.Effect.LedgerEntry;
import io.tollgate.domain.effect.Effect.Lifetime;
import io.tollgate.domain.effect.Effect.LotBalance;
import io.tollgate.domain.effect.Effect.LotMovement;
import io.tollgate.domain.effect.Effect.UsageLine;
import io.tollgate.domain.event.AccountEvent.UsageEvent;
import io.tollgate.domain.identity.Digest;
import io.tollgate.domain.identity.Remembered;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One record or deadline being applied to a copy of its account: collects what the world is to be
 * told, and judges balance, recharge, access and publication once, when all entries are written.
 */
final class Step {

  private static final Comparator<BalanceAlert> ALERT_ORDER =
      Comparator.comparing(BalanceAlert::type)
          .thenComparing(BalanceAlert::levelNanos, Comparator.nullsLast(Comparator.reverseOrder()));

  final Account account;
  final RuleSettings settings;
  final RechargeOutbox rechargeOutbox = new RechargeReporter(this);

  /** The rule time at which this happens. */
  final long time;

  /** When its cause happened: the record's own time, or the deadline's. */
  final long occurredAt;

  /** What makes it happen, as the entries of this step name it. */
  final Cause cause;

  private final String causeId;
  private final List<Effect> effects = new ArrayList<>(4);
  private final List<BalanceAlert> alerts = new ArrayList<>(0);
  private final List<Remembered> remembered = new ArrayList<>(1);
  private boolean judgesRecharge;
  private boolean deniedForCredit;
  private boolean publishesAtLeisure;

  /**
   * Starts a step.
   *
   * @param before the account so far; it is not changed
   * @param occurredAt the own time of what causes it
   * @param causeId the subject that alerts name as their cause
   */
  Step(
      Account before,
      RuleSettings settings,
      long time,
      long occurredAt,
      Cause cause,
      String causeId) {
    this.account = before.copy();
    this.account.steps = Math.addExact(before.steps, 1);
    this.account.ruleTime = time;
    this.settings = settings;
    this.time = time;
    this.occurredAt = occurredAt;
    this.cause = cause;
    this.causeId = causeId;
  }

  void emit(Effect effect) {
    effects.add(effect);
  }

  void remember(Remembered what) {
    remembered.add(what);
  }

  /** What this step remembers so far of one kind and like this; the last holds. Null if nothing. */
  <R extends Remembered> @Nullable R remembered(Class<R> kind, Predicate<R> wanted) {
    for (int i = remembered.size() - 1; i >= 0; i--) {
      if (kind.isInstance(remembered.get(i)) && wanted.test(kind.cast(remembered.get(i)))) {
        return kind.cast(remembered.get(i));
      }
    }
    return null;
  }

  /** Has auto-recharge judged at the end: not every change of the balance may fire it. */
  void judgeRecharge() {
    judgesRecharge = true;
  }

  /** Has auto-recharge judged at the end by its target: an authorization was denied for credit. */
  void deniedForCredit() {
    deniedForCredit = true;
  }

  /** Lets the balance wait for its interval: usage is too frequent to publish each. */
  void publishAtLeisure() {
    publishesAtLeisure = true;
  }

  /** Writes the entry for what has just been done to the books. */
  void entry(EntryType type, long occurredAt, long balanceBefore, List<LotMovement> movements) {
    entry(cause, type, occurredAt, balanceBefore, movements);
  }

  /** Writes the entry for what has just been done to the books, and has a cause of its own. */
  void entry(
      Cause ownCause,
      EntryType type,
      long occurredAt,
      long balanceBefore,
      List<LotMovement> movements) {
    entry(ownCause, type, occurredAt, balanceBefore, movements, 0, List.of(), null, List.of());
  }

  /** Writes the entry for usage that has just been taken from the books. */
  void usageEntry(
      UsageEvent usage,
      long balanceBefore,
      List<LotMovement> movements,
      long writtenOff,
      List<UsageLine> lines,
      List<EntryFlag> flags) {
    entry(
        cause,
        EntryType.USAGE,
        usage.occurredAt(),
        balanceBefore,
        movements,
        writtenOff,
        lines,
        usage,
        flags);
  }

  private void entry(
      Cause of,
      EntryType type,
      long occurredAt,
      long balanceBefore,
      List<LotMovement> movements,
      long writtenOff,
      List<UsageLine> lines,
      @Nullable UsageEvent usage,
      List<EntryFlag> flags) {
    Books books = account.books;
    books.version = Math.addExact(books.version, 1);
    effects.add(
        new LedgerEntry(
            account.id + ":" + books.version,
            account.id,
            books.version,
            type,
            of,
            occurredAt,
            time,
            Math.subtractExact(books.posted, balanceBefore),
            balanceBefore,
            books.posted,
            List.copyOf(movements),
            books.debt,
            writtenOff,
            lines,
            usage == null ? null : usage.authorizationId(),
            usage == null ? null : usage.projectId(),
            usage == null ? null : usage.apiKeyId(),
            flags));
    if (books.posted > balanceBefore) {
      boolean purchase = type == EntryType.PURCHASE;
      account.recharge.credited(balanceBefore, books.posted, purchase, rechargeOutbox);
    }
  }

  /** An alert about a subject; for a level, see {@link #finish}. */
  void alert(AlertType type, String subject, String detail) {
    alert(type, subject, null, detail);
  }

  /** An alert about a recharge that is tried again; null: it is not. */
  void alert(AlertType type, String subject, @Nullable Long nextAttemptAt, String detail) {
    alerts.add(alert(type, subject, null, nextAttemptAt, detail));
  }

  private BalanceAlert alert(
      AlertType type,
      String subject,
      @Nullable Long level,
      @Nullable Long nextAttemptAt,
      String detail) {
    return new BalanceAlert(
        account.id + ":" + type + ":" + subject,
        account.id,
        type,
        level,
        account.books.posted,
        time,
        causeId,
        nextAttemptAt,
        projects(type) ? exhaustionAt() : null,
        detail);
  }

  /** When the balance will be used up at the present rate; null if never, or not soon. */
  @Nullable Long exhaustionAt() {
    return account.hourlySpend.exhaustionAt(account.books.posted, time);
  }

  private static boolean projects(AlertType type) {
    return switch (type) {
      case LOW_BALANCE,
          RECHARGE_FAILED,
          RECHARGE_DELAYED,
          RECHARGE_LIMIT_REACHED,
          RECHARGE_STALLED,
          RECHARGE_DISABLED ->
          true;
      default -> false;
    };
  }

  String money(long nanos) {
    return Amounts.text(nanos, account.currency);
  }

  /** Judges everything once, and closes the step. */
  Decision.Applied finish() {
    WriteOff.judge(this);
    // What is available never overflows after this: a deadline adds neither debt nor holds.
    Math.addExact(account.books.debt, account.books.holds.nanos());
    judgeLevels();
    judgeAutoRecharge();
    alerts.sort(ALERT_ORDER);
    effects.addAll(alerts);
    publishAccess();
    publishBalance();
    return new Decision.Applied(account, effects, remembered);
  }

  /** Closes a step in which nothing has changed but that the balance's interval is over. */
  Decision.Applied publishPending() {
    publishBalance();
    return new Decision.Applied(account, effects, remembered);
  }

  private void judgeLevels() {
    long posted = account.books.posted;
    for (AlertLevels.Crossing crossing :
        account.alertLevels.judge(posted, settings.alertLevels())) {
      String detail =
          switch (crossing.type()) {
            case EXHAUSTED ->
                "The balance is used up: %s. Add credit, or calls will be refused."
                    .formatted(money(posted));
            case LOW_BALANCE ->
                "The balance is %s, at or below the alert level of %s. Add credit in time."
                    .formatted(money(posted), money(crossing.level()));
            default ->
                "The balance is %s, above the alert level of %s again."
                    .formatted(money(posted), money(crossing.level()));
          };
      alerts.add(
          alert(
              crossing.type(),
              crossing.level() + ":" + crossing.cycle(),
              crossing.level(),
              null,
              detail));
    }
  }

  private void judgeAutoRecharge() {
    if (!account.suspended) {
      account.recharge.judge(
          account.books.posted,
          judgesRecharge,
          deniedForCredit,
          time,
          settings.minimumPurchase(),
          rechargeOutbox);
    }
  }

  private void publishAccess() {
    Publication.Access access = account.access(settings);
    if (access.equals(account.publication.access)) {
      return;
    }
    account.publication.access = access;
    effects.add(
        access.equals(Publication.Access.DEFAULT)
            ? new AccountAccessRemoved(account.id)
            : new AccountAccess(
                account.id,
                account.books.version,
                time,
                access.status(),
                access.verified(),
                access.creditState(),
                access.spendLimitReached()));
  }

  private void publishBalance() {
    Publication last = account.publication;
    boolean first = last.balanceAt == Publication.NOT_YET;
    boolean waits =
        publishesAtLeisure && !first && time - last.balanceAt < settings.balancePublishInterval();
    last.balancePending = false;
    if (first || balanceHasChanged()) {
      if (waits) {
        last.balancePending = true;
      } else {
        publish(account.balance());
      }
    }
  }

  private boolean balanceHasChanged() {
    Publication last = account.publication;
    return account.books.version != last.balanceVersion
        || digest(account.balance()) != last.balanceDigest;
  }

  private void publish(AccountBalance balance) {
    Publication publication = account.publication;
    publication.balanceAt = time;
    publication.balanceVersion = balance.version();
    publication.balanceDigest = digest(balance);
    effects.add(balance);
  }

  /** All fields but asOf. */
  private static long digest(AccountBalance balance) {
    Digest digest =
        new Digest()
            .text(balance.currency())
            .number(balance.version())
            .number(balance.postedNanos())
            .number(balance.heldNanos())
            .number(balance.availableNanos())
            .number(balance.debtNanos());
    for (LotBalance lot : balance.lots()) {
      digest
          .text(lot.lotId())
          .text(lot.kind().name())
          .number(lot.grantedNanos())
          .number(lot.remainingNanos())
          .number(lot.frozenNanos())
          .number(lot.effectiveAt())
          .optional("expiresAt", lot.expiresAt());
    }
    Lifetime lifetime = balance.lifetime();
    return digest
        .number(lifetime.purchased())
        .number(lifetime.granted())
        .number(lifetime.used())
        .number(lifetime.expired())
        .number(lifetime.refunded())
        .number(lifetime.disputed())
        .number(lifetime.voided())
        .number(lifetime.writtenOff())
        .value();
  }
}
