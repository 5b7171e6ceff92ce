package io.tollgate.schemas.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Memory in which one thread encodes one record after the other. */
final class EncodingBuffer {

  private static final int INITIAL_BYTES = 1024;
  // Hardly any record is larger; one that is must not pin its size for the life of the thread.
  private static final int MAX_KEPT_BYTES = 256 * 1024;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(INITIAL_BYTES);
  private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);

  void start(byte markerFirst, byte markerSecond, long fingerprint) {
    out.reset();
    out.write(markerFirst);
    out.write(markerSecond);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      out.write((int) (fingerprint >>> shift));
    }
  }

  BinaryEncoder encoder() {
    return encoder;
  }

  byte[] finish() throws IOException {
    encoder.flush();
    return out.toByteArray();
  }

  boolean isSmall() {
    return out.size() <= MAX_KEPT_BYTES;
  }
}
