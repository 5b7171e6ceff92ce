package io.tollgate.streams.state;

/** The topics have another number of partitions than the state was made for. */
public final class PartitionCountChangedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public PartitionCountChangedException(int before, int now) {
    super(
        ("The state was made for %d partitions, the topics have %d. Accounts would be spread"
                + " differently and have two balances. Restore the topics' partition count, or"
                + " start a new installation with another topic prefix and application id.")
            .formatted(before, now));
  }
}
