package io.tollgate.schemas.serde;

/** A record whose schema is none of those ever shipped. */
public final class UnknownFingerprintException extends EventDecodingException {

  private static final long serialVersionUID = 1L;

  UnknownFingerprintException(long fingerprint) {
    super(
        "No known schema has fingerprint %016x: the record was written by a newer version, or is no"
                .formatted(fingerprint)
            + " record of ours");
  }
}
