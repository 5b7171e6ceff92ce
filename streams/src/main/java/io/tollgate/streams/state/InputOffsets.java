package io.tollgate.streams.state;

import io.tollgate.domain.codec.ByteReader;
import io.tollgate.domain.codec.ByteWriter;

/** The last offset processed of each input of one partition; -1 before the first. */
public record InputOffsets(
    long usage, long authorizations, long payments, long accounts, long answers) {

  public static final InputOffsets NONE = new InputOffsets(-1, -1, -1, -1, -1);

  public long of(Input input) {
    return switch (input) {
      case USAGE_EVENTS -> usage;
      case AUTHORIZATION_REQUESTS -> authorizations;
      case PAYMENT_EVENTS -> payments;
      case ACCOUNT_EVENTS -> accounts;
      case CLAIM_ANSWERS -> answers;
    };
  }

  public InputOffsets with(Input input, long offset) {
    return switch (input) {
      case USAGE_EVENTS -> new InputOffsets(offset, authorizations, payments, accounts, answers);
      case AUTHORIZATION_REQUESTS -> new InputOffsets(usage, offset, payments, accounts, answers);
      case PAYMENT_EVENTS -> new InputOffsets(usage, authorizations, offset, accounts, answers);
      case ACCOUNT_EVENTS -> new InputOffsets(usage, authorizations, payments, offset, answers);
      case CLAIM_ANSWERS -> new InputOffsets(usage, authorizations, payments, accounts, offset);
    };
  }

  void write(ByteWriter out) {
    out.writeLong(usage)
        .writeLong(authorizations)
        .writeLong(payments)
        .writeLong(accounts)
        .writeLong(answers);
  }

  static InputOffsets read(ByteReader in) {
    return new InputOffsets(
        in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
  }
}
