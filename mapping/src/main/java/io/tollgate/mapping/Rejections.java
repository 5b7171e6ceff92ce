package io.tollgate.mapping;

import io.tollgate.domain.Limits;
import io.tollgate.domain.Rejection;
import io.tollgate.events.RejectedEvent;
import io.tollgate.events.RejectionReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Refused records as they go to {@code rejected-events}: never much larger than the record itself,
 * because a rejection that the broker refuses would stop the partition that it was to save.
 */
public final class Rejections {

  /** Bytes of a refused value that its rejection repeats; the rest is at its coordinates. */
  public static final int MAX_VALUE_BYTES = 64 * 1024;

  /** UTF-8 bytes of a refused record's key that its rejection repeats: four ids' worth. */
  public static final int MAX_KEY_BYTES = 4 * Limits.ID_BYTES;

  private static final int MAX_CHARACTER_BYTES = 4;

  private static final byte[] NO_BYTES = {};

  private Rejections() {}

  /**
   * The record of a refusal.
   *
   * @param rejection why
   * @param topic topic of the refused record, without prefix
   * @param key key of the refused record, of any bytes
   * @param value value of the refused record, of any length
   * @param rejectedAt time of the refused record, epoch milliseconds
   */
  public static RejectedEvent rejectedEvent(
      Rejection rejection,
      String topic,
      int partition,
      long offset,
      byte @Nullable [] key,
      byte @Nullable [] value,
      long rejectedAt) {
    return new RejectedEvent(
        RejectionReason.valueOf(rejection.reason().name()),
        detail(rejection.detail(), value),
        topic,
        partition,
        offset,
        key == null ? null : keyText(key),
        ByteBuffer.wrap(
            value == null ? NO_BYTES : value,
            0,
            value == null ? 0 : Math.min(value.length, MAX_VALUE_BYTES)),
        value == null ? 0L : (long) value.length,
        Instant.ofEpochMilli(rejectedAt));
  }

  /** The key of a rejection's record: the refused record's, or the beginning of a huge one. */
  public static byte @Nullable [] key(byte @Nullable [] key) {
    return key == null || key.length <= MAX_KEY_BYTES ? key : Arrays.copyOf(key, MAX_KEY_BYTES);
  }

  private static String detail(String detail, byte @Nullable [] value) {
    String bounded = cut(detail, Limits.TEXT_BYTES);
    if (value == null || value.length <= MAX_VALUE_BYTES) {
      return bounded;
    }
    return bounded
        + " The value is cut to %d of its %d bytes; the SHA-256 of all of them is %s."
            .formatted(MAX_VALUE_BYTES, value.length, HexFormat.of().formatHex(sha256(value)));
  }

  private static String keyText(byte[] key) {
    // A few bytes more than are kept, so that no character is torn apart before the cut.
    int length = Math.min(key.length, MAX_KEY_BYTES + MAX_CHARACTER_BYTES - 1);
    return cut(new String(key, 0, length, StandardCharsets.UTF_8), MAX_KEY_BYTES);
  }

  /** The longest beginning of whole characters with at most so many bytes of UTF-8. */
  private static String cut(String text, int maxBytes) {
    if (text.length() <= maxBytes / MAX_CHARACTER_BYTES) {
      return text;
    }
    int bytes = 0;
    int end = 0;
    while (end < text.length()) {
      int character = text.codePointAt(end);
      bytes += utf8Length(character);
      if (bytes > maxBytes) {
        return text.substring(0, end);
      }
      end += Character.charCount(character);
    }
    return text;
  }

  private static int utf8Length(int character) {
    if (character < 0x80) {
      return 1;
    }
    if (character < 0x800) {
      return 2;
    }
    return character < 0x10000 ? 3 : 4;
  }

  private static byte[] sha256(byte[] value) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(value);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
