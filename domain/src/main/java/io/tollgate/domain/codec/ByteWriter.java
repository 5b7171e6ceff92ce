package io.tollgate.domain.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Writes compact state: numbers as zigzag varints, text as length and UTF-8. */
public final class ByteWriter {

  private byte[] bytes = new byte[128];
  private int length;

  public ByteWriter writeByte(int value) {
    ensure(1);
    bytes[length++] = (byte) value;
    return this;
  }

  public ByteWriter writeBoolean(boolean value) {
    return writeByte(value ? 1 : 0);
  }

  /** Small numbers of either sign take one byte, any takes at most ten. */
  public ByteWriter writeLong(long value) {
    long zigzag = (value << 1) ^ (value >> 63);
    ensure(10);
    while ((zigzag & ~0x7FL) != 0) {
      bytes[length++] = (byte) ((zigzag & 0x7F) | 0x80);
      zigzag >>>= 7;
    }
    bytes[length++] = (byte) zigzag;
    return this;
  }

  /** Eight bytes, big-endian: for digests, which no varint shortens. */
  public ByteWriter writeFixed(long value) {
    ensure(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  public ByteWriter writeText(String value) {
    return writeBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Their number, then the bytes. */
  public ByteWriter writeBytes(byte[] value) {
    writeLong(value.length);
    return append(value, value.length);
  }

  public ByteWriter writeOptionalLong(@Nullable Long value) {
    writeBoolean(value != null);
    return value == null ? this : writeLong(value);
  }

  public ByteWriter writeOptionalText(@Nullable String value) {
    writeBoolean(value != null);
    return value == null ? this : writeText(value);
  }

  public <T> ByteWriter writeAll(Collection<T> values, BiConsumer<ByteWriter, T> element) {
    writeLong(values.size());
    values.forEach(value -> element.accept(this, value));
    return this;
  }

  /** What another has written, as it is. */
  public ByteWriter write(ByteWriter other) {
    return append(other.bytes, other.length);
  }

  private ByteWriter append(byte[] value, int count) {
    ensure(count);
    System.arraycopy(value, 0, bytes, length, count);
    length += count;
    return this;
  }

  /** Starts anew, in the memory that it has. */
  public ByteWriter reset() {
    length = 0;
    return this;
  }

  public int length() {
    return length;
  }

  public boolean hasSameBytes(ByteWriter other) {
    return Arrays.equals(bytes, 0, length, other.bytes, 0, other.length);
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }
}
