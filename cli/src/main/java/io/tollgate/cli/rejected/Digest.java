package io.tollgate.cli.rejected;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** The SHA-256 of some bytes: what is equal has equal bytes. */
record Digest(ByteBuffer bytes) {

  static Digest of(byte[] bytes) {
    MessageDigest sha256 = sha256();
    add(sha256, bytes);
    return new Digest(ByteBuffer.wrap(sha256.digest()));
  }

  /** Of a record. */
  static Digest of(String topic, byte @Nullable [] key, byte @Nullable [] value) {
    MessageDigest sha256 = sha256();
    add(sha256, topic.getBytes(StandardCharsets.UTF_8));
    add(sha256, key);
    add(sha256, value);
    return new Digest(ByteBuffer.wrap(sha256.digest()));
  }

  /** With its length, or the end of one part could pass for the beginning of the next. */
  private static void add(MessageDigest sha256, byte @Nullable [] part) {
    int length = part == null ? -1 : part.length;
    sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
    if (part != null) {
      sha256.update(part);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
