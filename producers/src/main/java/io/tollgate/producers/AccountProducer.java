package io.tollgate.producers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.tollgate.events.AccountOpened;
import io.tollgate.events.AccountReinstated;
import io.tollgate.events.AccountSuspended;
import io.tollgate.events.AlertLevelsConfigured;
import io.tollgate.events.AutoRechargeConfigured;
import io.tollgate.events.CreditGranted;
import io.tollgate.events.CreditVoided;
import io.tollgate.events.OverdraftConfigured;
import io.tollgate.events.PhoneVerified;
import io.tollgate.events.RefundRequested;
import io.tollgate.events.SpendLimitConfigured;
import io.tollgate.events.VerificationUpdated;

/**
 * Reports facts and settings of accounts. Amounts are in nano-units of the account's currency. Of
 * settings, verification and suspension the latest {@code occurredAt} wins, in whatever order they
 * arrive.
 *
 * <p>Each {@code send} returns and throws as {@link EventProducer#send} does.
 */
public final class AccountProducer extends TopicProducer {

  AccountProducer(EventProducer events) {
    super(events);
  }

  /** Facts about the account: currency, country, kind of buyer. */
  @CanIgnoreReturnValue
  public Delivery<AccountOpened> send(AccountOpened event) {
    return deliver(event);
  }

  /** A phone was verified, given as a keyed hash; it is worth one trial, once for ever. */
  @CanIgnoreReturnValue
  public Delivery<PhoneVerified> send(PhoneVerified event) {
    return deliver(event);
  }

  /** The organisation's verification moved on; an identity is given as a keyed hash. */
  @CanIgnoreReturnValue
  public Delivery<VerificationUpdated> send(VerificationUpdated event) {
    return deliver(event);
  }

  /** Whether and how the account recharges itself. */
  @CanIgnoreReturnValue
  public Delivery<AutoRechargeConfigured> send(AutoRechargeConfigured event) {
    return deliver(event);
  }

  /** The balances at which the account wants to hear. */
  @CanIgnoreReturnValue
  public Delivery<AlertLevelsConfigured> send(AlertLevelsConfigured event) {
    return deliver(event);
  }

  /** The most that the account, a project or an API key may spend in a month. */
  @CanIgnoreReturnValue
  public Delivery<SpendLimitConfigured> send(SpendLimitConfigured event) {
    return deliver(event);
  }

  /** How far usage may take the account below zero. */
  @CanIgnoreReturnValue
  public Delivery<OverdraftConfigured> send(OverdraftConfigured event) {
    return deliver(event);
  }

  /** Credit that is given, not bought; once for each {@code grantId}. */
  @CanIgnoreReturnValue
  public Delivery<CreditGranted> send(CreditGranted event) {
    return deliver(event);
  }

  /** A grant is taken back: what is left of it. */
  @CanIgnoreReturnValue
  public Delivery<CreditVoided> send(CreditVoided event) {
    return deliver(event);
  }

  /** The account may use nothing for now. */
  @CanIgnoreReturnValue
  public Delivery<AccountSuspended> send(AccountSuspended event) {
    return deliver(event);
  }

  /** The suspension ended. */
  @CanIgnoreReturnValue
  public Delivery<AccountReinstated> send(AccountReinstated event) {
    return deliver(event);
  }

  /** A customer asks for money back; decided once for each {@code refundRequestId}. */
  @CanIgnoreReturnValue
  public Delivery<RefundRequested> send(RefundRequested event) {
    return deliver(event);
  }
}
