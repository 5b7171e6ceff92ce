package io.tollgate.domain.identity;

/**
 * 128 bits of a SHA-256 over an identity: who, what type, which id. Long enough that nobody finds
 * two ids with one fingerprint, which would be free usage.
 */
public record Fingerprint(long high, long low) {

  /** The fingerprint of a record's identity within its account. */
  public static Fingerprint of(String accountId, String type, String id) {
    return new Digest().text(accountId).text(type).text(id).fingerprint();
  }
}
