package io.tollgate.domain.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 over named fields. A field that equals its default is left out, so that a field added
 * later, with a default, changes no digest; maps count without order.
 */
public final class Digest {

  private byte[] bytes = new byte[256];
  private int length;

  /** A required part. */
  public Digest text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return number(utf8.length).raw(utf8);
  }

  public Digest field(String name, String value) {
    return field(name, value, "");
  }

  public Digest field(String name, String value, String defaultValue) {
    return value.equals(defaultValue) ? this : text(name).text(value);
  }

  /** A nullable text: an empty one differs from none. */
  public Digest optionalText(String name, @Nullable String value) {
    return value == null ? this : text(name).text(value);
  }

  public Digest field(String name, long value) {
    return value == 0 ? this : text(name).number(value);
  }

  /** A nullable number: 0 differs from none. */
  public Digest optional(String name, @Nullable Number value) {
    return value == null ? this : text(name).number(value.longValue());
  }

  public Digest field(String name, boolean value) {
    return value ? text(name) : this;
  }

  public <E extends Enum<E>> Digest field(String name, E value, E defaultValue) {
    return value == defaultValue ? this : text(name).text(value.name());
  }

  public Digest field(String name, List<?> values) {
    if (!values.isEmpty()) {
      text(name).number(values.size());
      values.forEach(value -> text(String.valueOf(value)));
    }
    return this;
  }

  public Digest field(String name, Map<String, Long> values) {
    if (!values.isEmpty()) {
      text(name).number(values.size());
      new TreeMap<>(values).forEach((key, value) -> text(key).number(value));
    }
    return this;
  }

  /** A required number. */
  public Digest number(long value) {
    ensure(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  private Digest raw(byte[] more) {
    ensure(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
    return this;
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  public Fingerprint fingerprint() {
    ByteBuffer hash = ByteBuffer.wrap(sha256());
    return new Fingerprint(hash.getLong(), hash.getLong());
  }

  /** The first 64 bits. */
  public long value() {
    return ByteBuffer.wrap(sha256()).getLong();
  }

  private byte[] sha256() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(bytes, 0, length);
      return sha256.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
