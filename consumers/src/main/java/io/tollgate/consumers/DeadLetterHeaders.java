package io.tollgate.consumers;

/**
 * Names of the headers that a dead letter has beside those of its record. All values are text in
 * UTF-8. Topic, partition and offset identify the record: a dead letter may be written twice.
 */
public final class DeadLetterHeaders {

  /** Full name of the topic that the record came from. */
  public static final String SOURCE_TOPIC = "tollgate.source.topic";

  /** Partition that the record came from. */
  public static final String SOURCE_PARTITION = "tollgate.source.partition";

  /** Offset of the record in that partition. */
  public static final String SOURCE_OFFSET = "tollgate.source.offset";

  /** Timestamp of the record, in epoch milliseconds. */
  public static final String SOURCE_TIMESTAMP = "tollgate.source.timestamp";

  /** Consumer group that could not handle it. */
  public static final String GROUP = "tollgate.group";

  /** How often its handler was called; 0: it could not be read. */
  public static final String ATTEMPTS = "tollgate.attempts";

  /** Class of the last failure. */
  public static final String ERROR_CLASS = "tollgate.error.class";

  /** Message of the last failure, at most 500 characters, with what looks like a secret masked. */
  public static final String ERROR_MESSAGE = "tollgate.error.message";

  private DeadLetterHeaders() {}
}
