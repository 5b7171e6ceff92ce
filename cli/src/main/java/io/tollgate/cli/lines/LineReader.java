package io.tollgate.cli.lines;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of UTF-8, and knows whether the next is there already.
 *
 * <p>Bytes that are no UTF-8 spoil their own line only: what came before them has been handed out.
 */
public final class LineReader {

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final InputStream input;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int start;
  private int end;
  private long number;

  public LineReader(InputStream input) {
    this.input = input;
  }

  /**
   * The next line without its end; null after the last.
   *
   * @throws CharacterCodingException if it is no UTF-8
   */
  public @Nullable String next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean found = false;
    while (start < end || fill()) {
      found = true;
      int stop = start;
      while (stop < end && buffer[stop] != '\n') {
        stop++;
      }
      line.write(buffer, start, stop - start);
      start = stop;
      if (stop < end) {
        start++;
        break;
      }
    }
    if (!found) {
      return null;
    }
    number++;
    return decode(line.toByteArray());
  }

  /** The number of the line that was read last, from 1. */
  public long number() {
    return number;
  }

  /** Whether something of the next line can be read without waiting for it. */
  public boolean ready() throws IOException {
    return start < end || input.available() > 0;
  }

  private boolean fill() throws IOException {
    start = 0;
    end = Math.max(input.read(buffer), 0);
    return end > 0;
  }

  private String decode(byte[] bytes) throws CharacterCodingException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return number == 1 && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK
        ? text.substring(1)
        : text;
  }
}
