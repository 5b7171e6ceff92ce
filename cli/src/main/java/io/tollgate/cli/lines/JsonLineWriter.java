package io.tollgate.cli.lines;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** Writes JSON lines, buffered. */
public final class JsonLineWriter {

  private static final int BUFFER_BYTES = 64 * 1024;

  private final OutputStream target;
  private final ObjectMapper mapper = new ObjectMapper(new JsonFactory());
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(BUFFER_BYTES);

  public JsonLineWriter(OutputStream target) {
    this.target = target;
    mapper.disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);
    mapper.getFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  /**
   * Writes one line.
   *
   * @throws BrokenPipeException if nobody reads any more
   */
  public void write(JsonNode line) throws IOException {
    buffer.writeBytes(mapper.writeValueAsBytes(line));
    buffer.write('\n');
    if (buffer.size() >= BUFFER_BYTES) {
      drain();
    }
  }

  /**
   * Hands everything to the reader.
   *
   * @throws BrokenPipeException if there is none any more
   */
  public void flush() throws IOException {
    drain();
    try {
      target.flush();
    } catch (IOException e) {
      throw translated(e);
    }
  }

  /** Hands out what can be, on the way out because of another failure. */
  public void flushQuietly() {
    try {
      flush();
    } catch (IOException e) {
      buffer.reset();
    }
  }

  private void drain() throws IOException {
    try {
      buffer.writeTo(target);
    } catch (IOException e) {
      throw translated(e);
    } finally {
      buffer.reset();
    }
  }

  private static IOException translated(IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("pipe")
        ? new BrokenPipeException(e)
        : new IOException("cannot write the output: " + e.getMessage(), e);
  }
}
