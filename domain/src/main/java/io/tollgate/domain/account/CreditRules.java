package io.tollgate.domain.account;

import io.tollgate.domain.Limits;
import io.tollgate.domain.Rejection;
import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.effect.Effect.EntryType;
import io.tollgate.domain.effect.Effect.LotKind;
import io.tollgate.domain.effect.Effect.LotMovement;
import io.tollgate.domain.event.AccountEvent.CreditGranted;
import io.tollgate.domain.event.AccountEvent.CreditVoided;
import io.tollgate.domain.event.AccountEvent.PaymentSucceeded;
import io.tollgate.domain.identity.ContentDigest;
import io.tollgate.domain.identity.GrantRecord;
import io.tollgate.domain.identity.Memory;
import io.tollgate.domain.identity.PaymentRecord;
import io.tollgate.domain.identity.Remembered;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Credit that comes in, bought or given, and grants that are taken back. */
final class CreditRules {

  private final RuleSettings settings;
  private final Memory memory;

  CreditRules(RuleSettings settings, Memory memory) {
    this.settings = settings;
    this.memory = memory;
  }

  Decision decide(Account before, PaymentSucceeded payment, Arrival arrival) {
    long digest = ContentDigest.of(payment);
    PaymentRecord known = memory.payment(payment.accountId(), payment.paymentId());
    if (known != null) {
      return Duplicates.of(known.digest(), digest, "payment " + payment.paymentId());
    }
    Rejection refused = otherCurrency(before, payment.currency());
    if (refused != null) {
      return new Decision.Rejected(refused);
    }
    Step step = AccountRules.step(before, settings, payment, arrival, payment.paymentId());
    Books books = step.account.books;
    requireRoom(books, payment.amountNanos());
    PaymentRecord record =
        PaymentRecord.of(payment, digest, step.time, Math.addExact(books.version, 1));
    step.remember(new Remembered.Payment(payment.paymentId(), record));
    books.purchased += payment.amountNanos();
    AutoRecharge recharge = step.account.recharge;
    recharge.seeCard(payment.cardFingerprint(), payment.occurredAt());
    if (recharge.isInFlight(payment.accountId(), payment.rechargeId())) {
      recharge.succeeded(step.rechargeOutbox); // before its money could end it as not needed
    }
    credit(
        step,
        Lot.bought(payment.paymentId(), record, step.time),
        EntryType.PURCHASE,
        payment.occurredAt());
    new Reversals(step, memory).paymentArrived(payment.paymentId());
    return step.finish();
  }

  Decision decide(Account before, CreditGranted grant, Arrival arrival) {
    long digest = ContentDigest.of(grant);
    GrantRecord known = grantRecord(grant.accountId(), grant.grantId());
    if (known.grantDigest() != null) {
      return Duplicates.of(known.grantDigest(), digest, "grant " + grant.grantId());
    }
    Rejection refused = otherCurrency(before, grant.currency());
    if (refused != null) {
      return new Decision.Rejected(refused);
    }
    Step step = AccountRules.step(before, settings, grant, arrival, grant.grantId());
    Books books = step.account.books;
    step.remember(
        new Remembered.Grant(grant.grantId(), new GrantRecord(digest, known.voidDigest())));
    if (known.voidDigest() != null) {
      return step.finish();
    }
    PendingGrant pending =
        new PendingGrant(
            grant.grantId(),
            LotKind.valueOf(grant.kind().name()),
            grant.amountNanos(),
            grant.priority() == null ? Lot.DEFAULT_PRIORITY : grant.priority(),
            grant.effectiveAt(),
            grant.expiresAt() == null ? Lot.NEVER : grant.expiresAt());
    boolean paysDebtOnly = grant.effectiveAt() <= step.time && pending.expiresAt() <= step.time;
    requireRoom(books, paysDebtOnly ? Math.min(books.debt, pending.amount()) : pending.amount());
    if (books.grants() >= Limits.GRANTS) {
      return new Decision.Rejected(
          new Rejection(
              RejectionReason.LIMIT_EXCEEDED,
              "the account has %d grants already; replay when some are used up"
                  .formatted(Limits.GRANTS)));
    }
    if (grant.effectiveAt() <= step.time) {
      takeEffect(step, pending, grant.occurredAt());
    } else {
      books.pendingGrants.add(pending);
    }
    return step.finish();
  }

  /** Starts a grant's lot; one that has expired already only pays debt. */
  static void takeEffect(Step step, PendingGrant grant, long occurredAt) {
    Books books = step.account.books;
    books.pendingGrants.remove(grant);
    if (grant.expiresAt() <= step.time) {
      long balanceBefore = books.posted;
      long paid = books.creditDebtOnly(grant.amount());
      books.granted += paid;
      if (paid > 0) {
        step.entry(EntryType.GRANT, occurredAt, balanceBefore, List.of());
      }
      return;
    }
    books.granted += grant.amount();
    credit(step, Lot.granted(grant, step.time), EntryType.GRANT, occurredAt);
  }

  private static void credit(Step step, Lot lot, EntryType type, long occurredAt) {
    long balanceBefore = step.account.books.posted;
    long reached = step.account.books.credit(lot);
    List<LotMovement> movements =
        reached == 0 ? List.of() : List.of(new LotMovement(lot.lotId(), reached));
    step.entry(type, occurredAt, balanceBefore, movements);
  }

  Decision decide(Account before, CreditVoided voided, Arrival arrival) {
    long digest = ContentDigest.of(voided);
    GrantRecord known = grantRecord(voided.accountId(), voided.grantId());
    if (known.voidDigest() != null) {
      return Duplicates.of(known.voidDigest(), digest, "the void of grant " + voided.grantId());
    }
    Step step = AccountRules.step(before, settings, voided, arrival, voided.grantId());
    step.remember(
        new Remembered.Grant(voided.grantId(), new GrantRecord(known.grantDigest(), digest)));
    Books books = step.account.books;
    books.pendingGrants.removeIf(grant -> grant.grantId().equals(voided.grantId()));
    Lot lot = books.freeLot(voided.grantId());
    if (lot != null) {
      long balanceBefore = books.posted;
      long taken = books.removeLot(lot);
      books.voided += taken;
      step.entry(
          EntryType.VOID,
          voided.occurredAt(),
          balanceBefore,
          List.of(new LotMovement(lot.lotId(), -taken)));
    }
    return step.finish();
  }

  private GrantRecord grantRecord(String accountId, String grantId) {
    GrantRecord known = memory.grant(accountId, grantId);
    return known == null ? GrantRecord.NONE : known;
  }

  static @Nullable Rejection otherCurrency(Account account, String currency) {
    return account.currency.equals(currency)
        ? null
        : new Rejection(
            RejectionReason.CURRENCY_MISMATCH,
            "the account is kept in %s, the amount is in %s".formatted(account.currency, currency));
  }

  /**
   * All credit an account ever had, and was promised, fits a long; so no later movement of it can
   * overflow, when there is no record left to refuse.
   */
  static void requireRoom(Books books, long amount) {
    long total = Math.addExact(Math.addExact(books.purchased, books.granted), amount);
    for (PendingGrant grant : books.pendingGrants) {
      total = Math.addExact(total, grant.amount());
    }
  }
}
