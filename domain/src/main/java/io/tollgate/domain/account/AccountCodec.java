package io.tollgate.domain.account;

import io.tollgate.domain.codec.ByteReader;
import io.tollgate.domain.codec.ByteWriter;
import io.tollgate.domain.codec.CorruptStateException;
import io.tollgate.domain.effect.Effect.AccountStatus;
import io.tollgate.domain.effect.Effect.CreditState;
import io.tollgate.domain.effect.Effect.LotKind;
import io.tollgate.domain.event.AccountEvent.BuyerType;
import java.util.Collections;
import java.util.LinkedHashSet;

/**
 * Snapshots of accounts as bytes: a format version, the next deadline, then the account. A release
 * reads the formats of the release before and after it.
 */
public final class AccountCodec {

  private static final int FORMAT = 1;

  private AccountCodec() {}

  /** The snapshot; nextDeadline as {@link AccountRules#nextDeadline} gives it. */
  public static byte[] encode(Account account, long nextDeadline) {
    ByteWriter out = new ByteWriter();
    out.writeByte(FORMAT).writeFixed(nextDeadline).writeText(account.id);
    out.writeLong(account.ruleTime)
        .writeBoolean(account.monthStartPending)
        .writeText(account.currency)
        .writeOptionalText(account.country)
        .writeText(account.buyerType.name())
        .writeLong(account.openedAt)
        .writeBoolean(account.verified)
        .writeLong(account.verificationAt)
        .writeLong(account.identityClaims)
        .writeLong(account.identityClaimsEnded)
        .writeBoolean(account.trialGiven)
        .writeBoolean(account.suspended)
        .writeLong(account.suspensionAt)
        .writeOptionalLong(account.overdraftLimit)
        .writeLong(account.overdraftAt);
    write(out, account.books);
    write(out, account.alertLevels);
    AutoRechargeCodec.write(out, account.recharge);
    out.writeLong(account.hourlySpend.hour)
        .writeLong(account.hourlySpend.thisHour)
        .writeLong(account.hourlySpend.lastHour);
    SpendLimitsCodec.write(out, account.spendLimits);
    write(out, account.publication);
    out.writeAll(
        account.stranding.open, (w, each) -> w.writeText(each.lotId()).writeText(each.policyId()));
    return out.toByteArray();
  }

  /** The next deadline of a snapshot, without decoding the rest. */
  public static long nextDeadline(byte[] snapshot) {
    return header(snapshot).readFixed();
  }

  public static Account decode(byte[] snapshot) {
    ByteReader in = header(snapshot);
    in.readFixed();
    Account account = new Account(in.readText());
    account.ruleTime = in.readLong();
    account.monthStartPending = in.readBoolean();
    account.currency = in.readText();
    account.country = in.readOptionalText();
    account.buyerType = in.readEnum(BuyerType.class);
    account.openedAt = in.readLong();
    account.verified = in.readBoolean();
    account.verificationAt = in.readLong();
    account.identityClaims = in.readLong();
    account.identityClaimsEnded = in.readLong();
    account.trialGiven = in.readBoolean();
    account.suspended = in.readBoolean();
    account.suspensionAt = in.readLong();
    account.overdraftLimit = in.readOptionalLong();
    account.overdraftAt = in.readLong();
    read(in, account.books);
    read(in, account.alertLevels);
    AutoRechargeCodec.read(in, account.recharge);
    account.hourlySpend.hour = in.readLong();
    account.hourlySpend.thisHour = in.readLong();
    account.hourlySpend.lastHour = in.readLong();
    SpendLimitsCodec.read(in, account.spendLimits);
    read(in, account.publication);
    account.stranding.open =
        Collections.unmodifiableSet(
            new LinkedHashSet<>(
                in.readAll(r -> new Stranding.Stranded(r.readText(), r.readText()))));
    in.requireEnd();
    return account;
  }

  private static ByteReader header(byte[] snapshot) {
    ByteReader in = new ByteReader(snapshot);
    int format = in.readByte();
    if (format != FORMAT) {
      throw new CorruptStateException(
          "account snapshot of format %d; this release reads %d".formatted(format, FORMAT));
    }
    return in;
  }

  private static void write(ByteWriter out, Books books) {
    out.writeLong(books.version)
        .writeLong(books.carry)
        .writeLong(books.debt)
        .writeLong(books.posted)
        .writeAll(books.lots, AccountCodec::write)
        .writeAll(books.pendingGrants, AccountCodec::write);
    HoldCodec.write(out, books.holds);
    out.writeLong(books.purchased)
        .writeLong(books.granted)
        .writeLong(books.used)
        .writeLong(books.expired)
        .writeLong(books.refunded)
        .writeLong(books.disputed)
        .writeLong(books.voided)
        .writeLong(books.writtenOff);
  }

  private static void read(ByteReader in, Books books) {
    books.version = in.readLong();
    books.carry = in.readInt();
    books.debt = in.readLong();
    books.posted = in.readLong();
    books.lots.addAll(in.readAll(AccountCodec::readLot));
    books.pendingGrants.addAll(in.readAll(AccountCodec::readGrant));
    books.holds = HoldCodec.read(in);
    books.purchased = in.readLong();
    books.granted = in.readLong();
    books.used = in.readLong();
    books.expired = in.readLong();
    books.refunded = in.readLong();
    books.disputed = in.readLong();
    books.voided = in.readLong();
    books.writtenOff = in.readLong();
  }

  private static void write(ByteWriter out, Lot lot) {
    out.writeText(lot.lotId())
        .writeText(lot.kind().name())
        .writeLong(lot.granted())
        .writeLong(lot.remaining())
        .writeLong(lot.priority())
        .writeLong(lot.effectiveAt())
        .writeLong(lot.expiresAt())
        .writeLong(lot.noticeDays())
        .writeText(lot.stage().name())
        .writeLong(lot.boughtAt())
        .writeLong(lot.disputed());
  }

  private static Lot readLot(ByteReader in) {
    return new Lot(
        in.readText(),
        in.readEnum(LotKind.class),
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readEnum(Lot.Stage.class),
        in.readLong(),
        in.readLong());
  }

  private static void write(ByteWriter out, PendingGrant grant) {
    out.writeText(grant.grantId())
        .writeText(grant.kind().name())
        .writeLong(grant.amount())
        .writeLong(grant.priority())
        .writeLong(grant.effectiveAt())
        .writeLong(grant.expiresAt());
  }

  private static PendingGrant readGrant(ByteReader in) {
    return new PendingGrant(
        in.readText(),
        in.readEnum(LotKind.class),
        in.readLong(),
        in.readInt(),
        in.readLong(),
        in.readLong());
  }

  private static void write(ByteWriter out, AlertLevels levels) {
    out.writeBoolean(levels.configured != null);
    if (levels.configured != null) {
      out.writeAll(levels.configured, ByteWriter::writeLong);
    }
    out.writeLong(levels.configuredAt)
        .writeAll(
            levels.armings.entrySet(),
            (w, entry) ->
                w.writeLong(entry.getKey())
                    .writeBoolean(entry.getValue().armed())
                    .writeBoolean(entry.getValue().fired())
                    .writeLong(entry.getValue().cycle()));
  }

  private static void read(ByteReader in, AlertLevels levels) {
    levels.configured = in.readBoolean() ? in.readAll(ByteReader::readLong) : null;
    levels.configuredAt = in.readLong();
    int armings = in.readInt();
    for (int i = 0; i < armings; i++) {
      levels.armings.put(
          in.readLong(), new AlertLevels.Arming(in.readBoolean(), in.readBoolean(), in.readLong()));
    }
  }

  private static void write(ByteWriter out, Publication publication) {
    out.writeText(publication.access.status().name())
        .writeBoolean(publication.access.verified())
        .writeText(publication.access.creditState().name())
        .writeBoolean(publication.access.spendLimitReached())
        .writeLong(publication.balanceAt)
        .writeLong(publication.balanceVersion)
        .writeFixed(publication.balanceDigest)
        .writeBoolean(publication.balancePending);
  }

  private static void read(ByteReader in, Publication publication) {
    publication.access =
        new Publication.Access(
            in.readEnum(AccountStatus.class),
            in.readBoolean(),
            in.readEnum(CreditState.class),
            in.readBoolean());
    publication.balanceAt = in.readLong();
    publication.balanceVersion = in.readLong();
    publication.balanceDigest = in.readFixed();
    publication.balancePending = in.readBoolean();
  }
}
