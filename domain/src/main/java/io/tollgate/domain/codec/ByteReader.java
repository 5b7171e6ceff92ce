package io.tollgate.domain.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ByteWriter} wrote; what does not fit is a {@link CorruptStateException}. */
public final class ByteReader {

  private final byte[] bytes;
  private int position;

  public ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  public int readByte() {
    return next() & 0xFF;
  }

  public boolean readBoolean() {
    return switch (next()) {
      case 0 -> false;
      case 1 -> true;
      default -> throw corrupt("a boolean is neither 0 nor 1");
    };
  }

  public long readLong() {
    long zigzag = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      byte b = next();
      zigzag |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return (zigzag >>> 1) ^ -(zigzag & 1);
      }
    }
    throw corrupt("a number has over ten bytes");
  }

  public int readInt() {
    long value = readLong();
    if (value != (int) value) {
      throw corrupt("a number exceeds 32 bits");
    }
    return (int) value;
  }

  public long readFixed() {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = (value << 8) | readByte();
    }
    return value;
  }

  public String readText() {
    int size = readSize();
    String text = new String(bytes, position, size, StandardCharsets.UTF_8);
    position += size;
    return text;
  }

  public byte[] readBytes() {
    int size = readSize();
    position += size;
    return Arrays.copyOfRange(bytes, position - size, position);
  }

  public @Nullable Long readOptionalLong() {
    return readBoolean() ? readLong() : null;
  }

  public @Nullable String readOptionalText() {
    return readBoolean() ? readText() : null;
  }

  public <T> List<T> readAll(Function<ByteReader, T> element) {
    int size = readSize();
    List<T> values = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      values.add(element.apply(this));
    }
    return values;
  }

  /** One of the enum's constants, by its name, so that constants may be added and moved. */
  public <E extends Enum<E>> E readEnum(Class<E> type) {
    String name = readText();
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException e) {
      throw corrupt("%s has no constant %s".formatted(type.getSimpleName(), name));
    }
  }

  /** Nothing may be left: trailing bytes mean that another version wrote this. */
  public void requireEnd() {
    if (position != bytes.length) {
      throw corrupt((bytes.length - position) + " bytes are left over");
    }
  }

  public boolean hasMore() {
    return position < bytes.length;
  }

  private int readSize() {
    int size = readInt();
    if (size < 0 || size > bytes.length - position) {
      throw corrupt("a length of %d exceeds what is left".formatted(size));
    }
    return size;
  }

  private byte next() {
    if (position >= bytes.length) {
      throw corrupt("it ends too early");
    }
    return bytes[position++];
  }

  private CorruptStateException corrupt(String what) {
    return new CorruptStateException(what + " (at byte " + position + " of " + bytes.length + ")");
  }
}
