package io.tollgate.domain.identity;

/**
 * What is remembered of one phone of an account for ever.
 *
 * @param verifiedAt the verification's own time
 * @param topic where the verification came from, for the entry that it may cause
 * @param decided whether its claim was answered
 */
public record PhoneRecord(long verifiedAt, String topic, long offset, boolean decided) {

  public PhoneRecord asDecided() {
    return new PhoneRecord(verifiedAt, topic, offset, true);
  }
}
