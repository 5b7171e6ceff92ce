package io.tollgate.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;

/**
 * Every version of a record type's schema that was ever shipped, oldest first.
 *
 * <p>The files {@code history/<type>/v<n>.avsc} are never changed or removed: records written with
 * them are still in topics.
 */
public final class SchemaHistory {

  private SchemaHistory() {}

  /**
   * All versions of a type.
   *
   * @param type simple name of the type, such as {@code UsageEvent}
   * @throws IllegalArgumentException if the type has none
   */
  public static List<Schema> versions(String type) {
    List<Schema> versions = new ArrayList<>();
    for (int version = 1; ; version++) {
      String resource = "history/" + type + "/v" + version + ".avsc";
      try (InputStream in = SchemaHistory.class.getResourceAsStream(resource)) {
        if (in == null) {
          break;
        }
        versions.add(new SchemaParser().parse(in).mainSchema());
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read schema " + resource, e);
      }
    }
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("No schema was ever shipped for " + type);
    }
    return List.copyOf(versions);
  }
}
