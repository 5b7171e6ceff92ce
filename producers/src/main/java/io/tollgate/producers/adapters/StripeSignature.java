package io.tollgate.producers.adapters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The check that a webhook comes from Stripe, and now: the header {@code t=…,v1=…} holds a time and
 * the HMAC-SHA256 of {@code time.payload} under the endpoint's secret, several during a change of
 * secrets.
 */
final class StripeSignature {

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec secret;
  private final Duration tolerance;
  private final InstantSource clock;

  StripeSignature(String secret, Duration tolerance, InstantSource clock) {
    this.secret = new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM);
    this.tolerance = tolerance;
    this.clock = clock;
  }

  /**
   * @throws StripeSignatureException if the payload is not signed so, or at another time
   */
  void verify(byte[] payload, String header) {
    String time = null;
    List<byte[]> signatures = new ArrayList<>();
    for (String element : header.split(",", -1)) {
      String[] pair = element.strip().split("=", 2);
      if (pair[0].equals("t") && pair.length == 2) {
        time = pair[1];
      } else if (pair[0].equals("v1") && pair.length == 2) {
        signatures.add(pair[1].getBytes(UTF_8));
      }
    }
    if (time == null || signatures.isEmpty()) {
      throw new StripeSignatureException("the Stripe-Signature header has no time or no signature");
    }
    byte[] expected = HexFormat.of().formatHex(sign(time, payload)).getBytes(UTF_8);
    boolean signed = false;
    for (byte[] signature : signatures) {
      signed |= MessageDigest.isEqual(expected, signature); // constant time
    }
    if (!signed) {
      throw new StripeSignatureException(
          "no signature of the payload is by this endpoint's secret; pass on the body's bytes as"
              + " they came");
    }
    requireRecent(time);
  }

  private void requireRecent(String time) {
    Instant signedAt;
    try {
      signedAt = Instant.ofEpochSecond(Long.parseLong(time));
    } catch (RuntimeException e) {
      throw new StripeSignatureException("the time of the Stripe-Signature header is no number");
    }
    Duration age = Duration.between(signedAt, clock.instant()).abs();
    if (age.compareTo(tolerance) > 0) {
      throw new StripeSignatureException(
          "the payload was signed %s from now, and %s are tolerated; see to the clock"
              .formatted(age, tolerance));
    }
  }

  private byte[] sign(String time, byte[] payload) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      mac.update(time.getBytes(UTF_8));
      mac.update((byte) '.');
      return mac.doFinal(payload);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
