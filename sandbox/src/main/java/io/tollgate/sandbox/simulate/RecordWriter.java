package io.tollgate.sandbox.simulate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tollgate.simulator.OutputRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;

/** Writes records as JSON lines, buffered. */
final class RecordWriter {

  private static final int BUFFER_BYTES = 64 * 1024;

  private final OutputStream target;
  private final ObjectMapper mapper = new ObjectMapper(new JsonFactory());
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(BUFFER_BYTES);

  RecordWriter(OutputStream target) {
    this.target = target;
    mapper.disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);
    mapper.getFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  void write(List<OutputRecord> records) throws IOException {
    for (OutputRecord record : records) {
      buffer.writeBytes(mapper.writeValueAsBytes(record.toJson()));
      buffer.write('\n');
      if (buffer.size() >= BUFFER_BYTES) {
        drain();
      }
    }
  }

  /**
   * Hands everything to the reader.
   *
   * @throws BrokenPipeException if there is none any more
   */
  void flush() throws IOException {
    drain();
    try {
      target.flush();
    } catch (IOException e) {
      throw translated(e);
    }
  }

  /** Hands out what can be, on the way out because of another failure. */
  void flushQuietly() {
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
