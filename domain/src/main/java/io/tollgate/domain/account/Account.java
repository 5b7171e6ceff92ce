package io.tollgate.domain.account;

import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.effect.Effect.AccountBalance;
import io.tollgate.domain.effect.Effect.AccountStatus;
import io.tollgate.domain.effect.Effect.CreditState;
import io.tollgate.domain.event.AccountEvent.BuyerType;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one account. {@link AccountRules} changes a copy and hands it out, so that
 * nobody ever sees half a change; to everybody else it is a value.
 */
public final class Account {

  static final String DEFAULT_CURRENCY = "USD";
  static final long NOT_SET = Long.MIN_VALUE;

  final String id;

  /** How many records and deadlines have changed it: numbers its deltas. */
  long steps;

  /** Never goes back. */
  long ruleTime = NOT_SET;

  /** The rule time is the start of a month, reached by a deadline, and not judged as such yet. */
  boolean monthStartPending;

  String currency = DEFAULT_CURRENCY;
  @Nullable String country;
  BuyerType buyerType = BuyerType.BUSINESS;
  long openedAt = NOT_SET;

  boolean verified;
  long verificationAt = NOT_SET;

  /** Claims of identities so far; each is known by its number. */
  long identityClaims;

  /** Claims up to this one no longer count: the verification has ended since. */
  long identityClaimsEnded;

  boolean trialGiven;
  boolean suspended;
  long suspensionAt = NOT_SET;

  /** Null as long as the default holds. */
  @Nullable Long overdraftLimit;

  long overdraftAt = NOT_SET;

  final Books books;
  final AlertLevels alertLevels;
  final AutoRecharge recharge;
  final HourlySpend hourlySpend;
  final SpendLimits spendLimits;
  final Publication publication;
  final Stranding stranding;

  Account(String id) {
    this(
        id,
        new Books(),
        new AlertLevels(),
        new AutoRecharge(),
        new HourlySpend(),
        new SpendLimits(),
        new Publication(),
        new Stranding());
  }

  private Account(
      String id,
      Books books,
      AlertLevels alertLevels,
      AutoRecharge recharge,
      HourlySpend hourlySpend,
      SpendLimits spendLimits,
      Publication publication,
      Stranding stranding) {
    this.id = id;
    this.books = books;
    this.alertLevels = alertLevels;
    this.recharge = recharge;
    this.hourlySpend = hourlySpend;
    this.spendLimits = spendLimits;
    this.publication = publication;
    this.stranding = stranding;
  }

  Account copy() {
    Account copy =
        new Account(
            id,
            books.copy(),
            alertLevels.copy(),
            recharge.copy(),
            hourlySpend.copy(),
            spendLimits.copy(),
            publication.copy(),
            stranding.copy());
    copy.steps = steps;
    copy.ruleTime = ruleTime;
    copy.monthStartPending = monthStartPending;
    copy.currency = currency;
    copy.country = country;
    copy.buyerType = buyerType;
    copy.openedAt = openedAt;
    copy.verified = verified;
    copy.verificationAt = verificationAt;
    copy.identityClaims = identityClaims;
    copy.identityClaimsEnded = identityClaimsEnded;
    copy.trialGiven = trialGiven;
    copy.suspended = suspended;
    copy.suspensionAt = suspensionAt;
    copy.overdraftLimit = overdraftLimit;
    copy.overdraftAt = overdraftAt;
    return copy;
  }

  public String id() {
    return id;
  }

  /** How many records and deadlines have changed it. */
  public long steps() {
    return steps;
  }

  /** The latest time that any rule has been applied at, in epoch milliseconds. */
  public long ruleTime() {
    return ruleTime;
  }

  /** The number of its last ledger entry; 0 before the first. */
  public long version() {
    return books.version;
  }

  /** The balance as it is now, published or not. */
  public AccountBalance balance() {
    return new AccountBalance(
        id,
        books.version,
        ruleTime,
        currency,
        books.posted,
        books.holds.nanos(),
        available(),
        books.debt,
        books.lotBalances(),
        books.lifetime());
  }

  /** What a new request may hold: usable less held; below 0 where more is held than there is. */
  long available() {
    return Math.subtractExact(books.usable(ruleTime), books.holds.nanos());
  }

  Publication.Access access(RuleSettings settings) {
    return new Publication.Access(
        suspended ? AccountStatus.SUSPENDED : AccountStatus.ACTIVE,
        verified,
        creditState(settings),
        spendLimits.blocksAccountAt(ruleTime));
  }

  private CreditState creditState(RuleSettings settings) {
    long usable = books.usable(ruleTime);
    if (usable <= 0) {
      return CreditState.EXHAUSTED;
    }
    Long highest = alertLevels.highest(settings.alertLevels());
    return highest != null && usable <= highest ? CreditState.LOW : CreditState.FUNDED;
  }
}
