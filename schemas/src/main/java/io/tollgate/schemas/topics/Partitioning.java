package io.tollgate.schemas.topics;

/** How many partitions a topic has. */
public enum Partitioning {
  /** The same number as every other topic of accounts, fixed for the life of the installation. */
  PER_ACCOUNT,
  /** One: few records, whose order among each other matters. */
  SINGLE;

  /** The partition count, given that of the topics of accounts. */
  public int count(int accountPartitions) {
    return this == SINGLE ? 1 : accountPartitions;
  }
}
