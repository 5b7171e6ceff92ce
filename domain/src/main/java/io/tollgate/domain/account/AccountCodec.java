package io.tollgate.domain.account;

import io.tollgate.domain.codec.ByteReader;
import io.tollgate.domain.codec.ByteWriter;
import io.tollgate.domain.codec.CorruptStateException;
import io.tollgate.domain.effect.Effect.AccountStatus;
import io.tollgate.domain.effect.Effect.CreditState;
import io.tollgate.domain.event.AccountEvent.BuyerType;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Snapshots of accounts as bytes: a format version, the next deadline, then the account. A release
 * reads the formats of the release before and after it.
 */
public final class AccountCodec {

  private static final int FORMAT = 1;

  /** A part of an account that is small: a delta repeats it whole where it has changed. */
  record Part(BiConsumer<ByteWriter, Account> writer, BiConsumer<ByteReader, Account> reader) {}

  /** All that does not grow with what an account has; in the order of their bytes. */
  static final List<Part> PARTS =
      List.of(
          new Part(AccountCodec::writeFacts, AccountCodec::readFacts),
          new Part(AccountCodec::writeAlertLevels, AccountCodec::readAlertLevels),
          new Part(
              (out, account) -> AutoRechargeCodec.write(out, account.recharge),
              (in, account) -> AutoRechargeCodec.read(in, account.recharge)),
          new Part(AccountCodec::writeHourlySpend, AccountCodec::readHourlySpend),
          new Part(AccountCodec::writePublication, AccountCodec::readPublication),
          new Part(AccountCodec::writeStranding, AccountCodec::readStranding));

  private AccountCodec() {}

  /** The snapshot; nextDeadline as {@link AccountRules#nextDeadline} gives it. */
  public static byte[] encode(Account account, long nextDeadline) {
    ByteWriter out = new ByteWriter();
    out.writeByte(FORMAT).writeFixed(nextDeadline).writeText(account.id);
    out.writeLong(account.steps).writeLong(account.ruleTime);
    PARTS.forEach(part -> part.writer().accept(out, account));
    BooksCodec.write(out, account.books);
    SpendLimitsCodec.write(out, account.spendLimits);
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
    account.steps = in.readLong();
    account.ruleTime = in.readLong();
    PARTS.forEach(part -> part.reader().accept(in, account));
    BooksCodec.read(in, account.books);
    SpendLimitsCodec.read(in, account.spendLimits);
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

  private static void writeFacts(ByteWriter out, Account account) {
    out.writeBoolean(account.monthStartPending)
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
  }

  private static void readFacts(ByteReader in, Account account) {
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
  }

  private static void writeAlertLevels(ByteWriter out, Account account) {
    AlertLevels levels = account.alertLevels;
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

  private static void readAlertLevels(ByteReader in, Account account) {
    AlertLevels levels = account.alertLevels;
    levels.configured = in.readBoolean() ? in.readAll(ByteReader::readLong) : null;
    levels.configuredAt = in.readLong();
    levels.armings.clear();
    int armings = in.readInt();
    for (int i = 0; i < armings; i++) {
      levels.armings.put(
          in.readLong(), new AlertLevels.Arming(in.readBoolean(), in.readBoolean(), in.readLong()));
    }
  }

  private static void writeHourlySpend(ByteWriter out, Account account) {
    HourlySpend spend = account.hourlySpend;
    out.writeLong(spend.hour).writeLong(spend.thisHour).writeLong(spend.lastHour);
  }

  private static void readHourlySpend(ByteReader in, Account account) {
    account.hourlySpend.hour = in.readLong();
    account.hourlySpend.thisHour = in.readLong();
    account.hourlySpend.lastHour = in.readLong();
  }

  private static void writePublication(ByteWriter out, Account account) {
    Publication publication = account.publication;
    out.writeText(publication.access.status().name())
        .writeBoolean(publication.access.verified())
        .writeText(publication.access.creditState().name())
        .writeBoolean(publication.access.spendLimitReached())
        .writeLong(publication.balanceAt)
        .writeLong(publication.balanceVersion)
        .writeFixed(publication.balanceDigest)
        .writeBoolean(publication.balancePending);
  }

  private static void readPublication(ByteReader in, Account account) {
    Publication publication = account.publication;
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

  private static void writeStranding(ByteWriter out, Account account) {
    out.writeAll(
        account.stranding.open,
        (each, stranded) -> each.writeText(stranded.lotId()).writeText(stranded.policyId()));
  }

  private static void readStranding(ByteReader in, Account account) {
    account.stranding.open =
        Collections.unmodifiableSet(
            new LinkedHashSet<>(
                in.readAll(each -> new Stranding.Stranded(each.readText(), each.readText()))));
  }
}
