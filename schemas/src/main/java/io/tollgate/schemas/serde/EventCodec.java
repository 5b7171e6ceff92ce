package io.tollgate.schemas.serde;

import io.tollgate.schemas.EventTypes;
import io.tollgate.schemas.SchemaHistory;
import io.tollgate.schemas.TrustedTypes;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.data.TimeConversions.TimestampMillisConversion;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Records to bytes and back, in Avro's single-object encoding: the marker C3 01, the fingerprint
 * (CRC-64-AVRO, little-endian) of the schema it was written with, and the record in Avro binary.
 *
 * <p>Bytes need no registry to be read: all versions ever shipped are known by their fingerprint
 * and are resolved to the current one. Bytes come from strangers: whatever they hold, decoding ends
 * with a record or an {@link EventDecodingException}, in time and memory proportional to their
 * number. All methods may be called from any thread.
 */
public final class EventCodec {

  /** Bytes before the record itself: marker and fingerprint. */
  public static final int HEADER_LENGTH = 10;

  private static final byte MARKER_FIRST = (byte) 0xC3;
  private static final byte MARKER_SECOND = 0x01;

  private record KnownVersion(
      Schema schema, DatumReader<SpecificRecord> reader, ListFields lists) {}

  private record CurrentType(long fingerprint, SpecificDatumWriter<SpecificRecord> writer) {}

  private static final Map<Long, KnownVersion> BY_FINGERPRINT = new HashMap<>();
  private static final Map<Schema, CurrentType> BY_SCHEMA = new HashMap<>();

  private static final ThreadLocal<EncodingBuffer> BUFFER =
      ThreadLocal.withInitial(EncodingBuffer::new);

  static {
    TrustedTypes.trust();
    SpecificData model = new SpecificData();
    model.addLogicalTypeConversion(new TimestampMillisConversion());
    FastReaderBuilder readers = new FastReaderBuilder(model);
    for (Schema schema : EventTypes.all()) {
      BY_SCHEMA.put(
          schema,
          new CurrentType(
              SchemaNormalization.parsingFingerprint64(schema),
              new SpecificDatumWriter<>(schema, model)));
      for (Schema shipped : SchemaHistory.versions(schema.getName())) {
        addReader(readers, shipped, schema);
      }
      addReader(readers, schema, schema);
    }
  }

  private EventCodec() {}

  private static void addReader(FastReaderBuilder readers, Schema writer, Schema reader) {
    try {
      BY_FINGERPRINT.put(
          SchemaNormalization.parsingFingerprint64(writer),
          new KnownVersion(
              reader, readers.createDatumReader(writer, reader), ListFields.of(reader)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + writer.getName() + " of an old version", e);
    }
  }

  /**
   * The bytes of a record.
   *
   * @throws IllegalArgumentException if its type is not one of {@link EventTypes}, or a field that
   *     must have a value has none
   */
  public static byte[] encode(SpecificRecord event) {
    CurrentType current = BY_SCHEMA.get(event.getSchema());
    if (current == null) {
      throw new IllegalArgumentException(
          event.getSchema().getFullName() + " is not a type of event");
    }
    EncodingBuffer buffer = BUFFER.get();
    boolean done = false;
    try {
      buffer.start(MARKER_FIRST, MARKER_SECOND, current.fingerprint());
      current.writer().write(event, buffer.encoder());
      byte[] bytes = buffer.finish();
      done = buffer.isSmall();
      return bytes;
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "Cannot encode a " + event.getSchema().getName() + ": " + e.getMessage(), e);
    } finally {
      if (!done) {
        // It holds the rest of a failed record, or more memory than a thread should keep.
        BUFFER.remove();
      }
    }
  }

  /**
   * The record that these bytes hold, as of its current schema.
   *
   * @throws EventDecodingException if they hold none
   */
  public static SpecificRecord decode(byte[] bytes) {
    return decode(bytes, find(bytes));
  }

  /**
   * The record that these bytes hold, if it is of an expected type.
   *
   * @param expected current schemas of the types that belong here
   * @throws EventDecodingException if they hold none, or one of another type
   */
  public static SpecificRecord decode(byte[] bytes, Set<Schema> expected) {
    KnownVersion version = find(bytes);
    if (!expected.contains(version.schema())) {
      throw new UnexpectedTypeException(version.schema().getName(), names(expected));
    }
    return decode(bytes, version);
  }

  private static KnownVersion find(byte[] bytes) {
    if (bytes.length < HEADER_LENGTH) {
      throw new NotSingleObjectException(
          bytes.length + " bytes are too few for the header of an Avro single object");
    }
    if (bytes[0] != MARKER_FIRST || bytes[1] != MARKER_SECOND) {
      throw new NotSingleObjectException(
          "The bytes start with %02x %02x, not with the marker c3 01 of an Avro single object"
              .formatted(bytes[0], bytes[1]));
    }
    long fingerprint = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
    KnownVersion version = BY_FINGERPRINT.get(fingerprint);
    if (version == null) {
      throw new UnknownFingerprintException(fingerprint);
    }
    return version;
  }

  private static SpecificRecord decode(byte[] bytes, KnownVersion version) {
    String type = version.schema().getName();
    BoundedDecoder decoder = new BoundedDecoder(bytes, HEADER_LENGTH);
    SpecificRecord event = read(version.reader(), decoder, type);
    if (decoder.remaining() > 0) {
      throw new TrailingBytesException(type, decoder.remaining());
    }
    version.lists().makePlain(event);
    return event;
  }

  // Deliberately broad: Avro reports impossible indexes by whatever its arrays and casts throw.
  private static SpecificRecord read(
      DatumReader<SpecificRecord> reader, BoundedDecoder decoder, String type) {
    try {
      return reader.read(null, decoder);
    } catch (EventDecodingException e) {
      throw e;
    } catch (EOFException e) {
      throw new TruncatedEventException(type + " is too short: " + e.getMessage());
    } catch (IOException | RuntimeException e) {
      throw new MalformedEventException("Not a valid " + type + ": " + e.getMessage(), e);
    }
  }

  private static Collection<String> names(Set<Schema> schemas) {
    return schemas.stream().map(Schema::getName).sorted().toList();
  }
}
