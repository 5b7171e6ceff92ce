package io.tollgate.schemas.topics;

import org.apache.kafka.common.utils.Utils;

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

  /** The partition of a key, as Kafka's Java producer chooses it: murmur2, made positive. */
  public static int partitionOf(byte[] key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }
}
