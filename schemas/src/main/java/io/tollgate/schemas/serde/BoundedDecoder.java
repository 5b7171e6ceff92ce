package io.tollgate.schemas.serde;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro binary from an array, and believes no length that the array cannot hold.
 *
 * <p>Avro's own decoder allocates what a length promises before it looks for the bytes; a few bytes
 * from a stranger could then ask for gigabytes. Here a string, or a block of items of which each
 * takes at least one byte, is at most as long as what is left. Not thread-safe; one per record.
 */
final class BoundedDecoder extends Decoder {

  private static final int MAX_INT_BYTES = 5;
  private static final int MAX_LONG_BYTES = 10;

  private final byte[] bytes;
  private int position;

  BoundedDecoder(byte[] bytes, int start) {
    this.bytes = bytes;
    this.position = start;
  }

  int remaining() {
    return bytes.length - position;
  }

  @Override
  public int remainingBytes() {
    return remaining();
  }

  @Override
  public void readNull() {
    // Null takes no bytes.
  }

  @Override
  public boolean readBoolean() {
    byte value = readByte();
    if (value != 0 && value != 1) {
      throw new MalformedEventException("A boolean is neither 0 nor 1 but " + value);
    }
    return value == 1;
  }

  @Override
  public int readInt() {
    long value = readVarint(MAX_INT_BYTES, 0x0F);
    int zigzag = (int) value;
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }

  @Override
  public long readLong() {
    long zigzag = readVarint(MAX_LONG_BYTES, 0x01);
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }

  private long readVarint(int maxBytes, int maxLast) {
    long value = 0;
    for (int i = 0; i < maxBytes; i++) {
      byte next = readByte();
      if (i == maxBytes - 1 && (next & 0xFF) > maxLast) {
        break;
      }
      value |= (long) (next & 0x7F) << (7 * i);
      if (next >= 0) {
        return value;
      }
    }
    throw new MalformedEventException("A number takes more than its " + maxBytes + " bytes");
  }

  @Override
  public float readFloat() {
    return wrap(Float.BYTES).getFloat();
  }

  @Override
  public double readDouble() {
    return wrap(Double.BYTES).getDouble();
  }

  @Override
  public Utf8 readString(@Nullable Utf8 old) {
    return new Utf8(readString());
  }

  @Override
  public String readString() {
    int length = readLength();
    String value = new String(bytes, position, length, StandardCharsets.UTF_8);
    // Only a string with a replacement character can have been invalid; only then look closer.
    if (value.indexOf('\uFFFD') >= 0) {
      requireUtf8(position, length);
    }
    position += length;
    return value;
  }

  // Two different invalid ids would otherwise be read as the same one.
  private void requireUtf8(int start, int length) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, length));
    } catch (CharacterCodingException e) {
      throw new MalformedEventException("A string is not UTF-8", e);
    }
  }

  @Override
  public void skipString() {
    advance(readLength());
  }

  @Override
  public ByteBuffer readBytes(@Nullable ByteBuffer old) {
    byte[] value = new byte[readLength()];
    readFixed(value, 0, value.length);
    return ByteBuffer.wrap(value);
  }

  @Override
  public void skipBytes() {
    advance(readLength());
  }

  @Override
  public void readFixed(byte[] target, int start, int length) {
    System.arraycopy(bytes, advance(length), target, start, length);
  }

  @Override
  public void skipFixed(int length) {
    advance(length);
  }

  @Override
  public int readEnum() {
    return readIndexNotNegative("enum symbol");
  }

  @Override
  public int readIndex() {
    return readIndexNotNegative("union branch");
  }

  private int readIndexNotNegative(String what) {
    int index = readInt();
    if (index < 0) {
      throw new MalformedEventException("There is no " + what + " " + index);
    }
    return index;
  }

  @Override
  public long readArrayStart() {
    return readItemCount();
  }

  @Override
  public long arrayNext() {
    return readItemCount();
  }

  @Override
  public long skipArray() {
    return skipItems();
  }

  @Override
  public long readMapStart() {
    return readItemCount();
  }

  @Override
  public long mapNext() {
    return readItemCount();
  }

  @Override
  public long skipMap() {
    return skipItems();
  }

  private long readItemCount() {
    long count = readLong();
    if (count < 0) {
      // A negative count announces the block's size in bytes, for those who want to skip it.
      long size = readLong();
      requireRemaining(size, "block");
      count = -count;
    }
    requireRemaining(count, "block");
    return count;
  }

  /** Skips blocks whose size is known; returns the item count of the first that must be read. */
  private long skipItems() {
    long count = readLong();
    while (count < 0) {
      long size = readLong();
      requireRemaining(size, "block");
      position += (int) size;
      count = readLong();
    }
    requireRemaining(count, "block");
    return count;
  }

  private int readLength() {
    long length = readLong();
    requireRemaining(length, "string");
    return (int) length;
  }

  private ByteBuffer wrap(int length) {
    return ByteBuffer.wrap(bytes, advance(length), length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private int advance(int length) {
    requireRemaining(length, "value");
    int start = position;
    position += length;
    return start;
  }

  private void requireRemaining(long length, String what) {
    // Long.MIN_VALUE has no positive counterpart and is caught here, too.
    if (length < 0) {
      throw new MalformedEventException("A " + what + " has a negative length");
    }
    if (length > remaining()) {
      throw new TruncatedEventException(
          "A " + what + " of " + length + " is announced, but only " + remaining() + " bytes left");
    }
  }

  private byte readByte() {
    if (position == bytes.length) {
      throw new TruncatedEventException("The record ends within a value");
    }
    return bytes[position++];
  }
}
