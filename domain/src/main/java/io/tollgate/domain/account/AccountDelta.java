package io.tollgate.domain.account;

import io.tollgate.domain.codec.ByteReader;
import io.tollgate.domain.codec.ByteWriter;
import io.tollgate.domain.codec.CorruptStateException;
import java.util.List;

/**
 * What one record or deadline has changed of its account, as bytes: a fraction of a snapshot, and
 * no larger for an account with ten thousand holds. A format version, the number of the step, what
 * has passed since the step before, the small parts that changed, and the changes of the others.
 */
public final class AccountDelta {

  private static final int FORMAT = 1;

  private AccountDelta() {}

  /** The delta from one state of an account to the next. */
  public static byte[] between(Account before, Account after) {
    ByteWriter out = new ByteWriter();
    out.writeByte(FORMAT).writeLong(after.steps).writeLong(after.ruleTime - before.ruleTime);
    writeParts(out, before, after);
    BooksCodec.writeDelta(out, before.books, after.books);
    SpendLimitsCodec.writeDelta(out, before.spendLimits, after.spendLimits);
    return out.toByteArray();
  }

  private static void writeParts(ByteWriter out, Account before, Account after) {
    ByteWriter changed = new ByteWriter();
    ByteWriter was = new ByteWriter();
    ByteWriter is = new ByteWriter();
    int bits = 0;
    for (int i = 0; i < AccountCodec.PARTS.size(); i++) {
      AccountCodec.Part part = AccountCodec.PARTS.get(i);
      part.writer().accept(was.reset(), before);
      part.writer().accept(is.reset(), after);
      if (!is.hasSameBytes(was)) {
        bits |= 1 << i;
        changed.write(is);
      }
    }
    out.writeByte(bits).write(changed);
  }

  /**
   * The account after the next step.
   *
   * @param before the account that the delta was made from; it is not changed
   * @throws CorruptStateException if the delta is damaged, or is not of the step that comes next
   */
  public static Account apply(Account before, byte[] delta) {
    ByteReader in = header(delta);
    Account account = before.copy();
    account.steps = in.readLong();
    if (account.steps != before.steps + 1) {
      throw new CorruptStateException(
          "step %d of an account was to follow its step %d".formatted(account.steps, before.steps));
    }
    account.ruleTime += in.readLong();
    readParts(in, account);
    try {
      BooksCodec.applyDelta(in, account.books);
    } catch (ArithmeticException e) {
      throw new CorruptStateException("its holds exceed 64 bits");
    }
    SpendLimitsCodec.applyDelta(in, account.spendLimits);
    in.requireEnd();
    return account;
  }

  /** The number of the step that made it; those of an account follow one another. */
  public static long step(byte[] delta) {
    return header(delta).readLong();
  }

  private static ByteReader header(byte[] delta) {
    ByteReader in = new ByteReader(delta);
    int format = in.readByte();
    if (format != FORMAT) {
      throw new CorruptStateException(
          "account delta of format %d; this release reads %d".formatted(format, FORMAT));
    }
    return in;
  }

  private static void readParts(ByteReader in, Account account) {
    List<AccountCodec.Part> parts = AccountCodec.PARTS;
    int bits = in.readByte();
    if (bits >>> parts.size() != 0) {
      throw new CorruptStateException("it changes parts of an account that this release lacks");
    }
    for (int i = 0; i < parts.size(); i++) {
      if ((bits & 1 << i) != 0) {
        parts.get(i).reader().accept(in, account);
      }
    }
  }
}
