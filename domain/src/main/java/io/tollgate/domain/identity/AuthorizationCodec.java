package io.tollgate.domain.identity;

import io.tollgate.domain.codec.ByteReader;
import io.tollgate.domain.codec.ByteWriter;
import io.tollgate.domain.identity.AuthorizationRecord.Release;
import org.jspecify.annotations.Nullable;

/** What is known of an authorization, as bytes. */
public final class AuthorizationCodec {

  private AuthorizationCodec() {}

  public static void write(ByteWriter out, AuthorizationRecord record) {
    out.writeBoolean(record.requestDigest() != null);
    if (record.requestDigest() != null) {
      out.writeFixed(record.requestDigest());
    }
    write(out, record.release());
    out.writeBoolean(record.permit() != null);
    if (record.permit() != null) {
      write(out, record.permit());
    }
    out.writeLong(record.until());
  }

  public static AuthorizationRecord read(ByteReader in) {
    return new AuthorizationRecord(
        in.readBoolean() ? in.readFixed() : null,
        readRelease(in),
        in.readBoolean() ? readPermit(in) : null,
        in.readLong());
  }

  public static void write(ByteWriter out, Permit permit) {
    out.writeOptionalText(permit.model()).writeAll(permit.capabilities(), ByteWriter::writeText);
  }

  public static Permit readPermit(ByteReader in) {
    return new Permit(in.readOptionalText(), in.readAll(ByteReader::readText));
  }

  public static void write(ByteWriter out, @Nullable Release release) {
    out.writeBoolean(release != null);
    if (release != null) {
      out.writeFixed(release.digest()).writeOptionalLong(release.settledUsage());
    }
  }

  public static @Nullable Release readRelease(ByteReader in) {
    return in.readBoolean() ? new Release(in.readFixed(), in.readOptionalLong()) : null;
  }
}
