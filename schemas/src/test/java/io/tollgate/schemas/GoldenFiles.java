package io.tollgate.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * A sample of every version of every record: its JSON, and the bytes it had when it was shipped.
 */
public final class GoldenFiles {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** One sample. */
  public record Golden(Schema schema, int version, boolean newest) {

    /** The record as JSON. */
    public JsonNode json() {
      try {
        return MAPPER.readTree(resource("json"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The record as bytes. */
    public byte[] bytes() {
      String hex = new String(resource("hex"), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    private byte[] resource(String suffix) {
      String name = "/golden/" + schema.getName() + "/v" + version + "." + suffix;
      try (InputStream in = GoldenFiles.class.getResourceAsStream(name)) {
        return Objects.requireNonNull(in, () -> "There is no golden file " + name).readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String toString() {
      return schema.getName() + " v" + version;
    }
  }

  private GoldenFiles() {}

  /** Samples of every version of every type. */
  public static Stream<Golden> all() {
    return EventTypes.all().stream()
        .flatMap(
            schema -> {
              int newest = SchemaHistory.versions(schema.getName()).size();
              return IntStream.rangeClosed(1, newest)
                  .mapToObj(version -> new Golden(schema, version, version == newest));
            });
  }

  /** Samples of the newest version of every type. */
  public static Stream<Golden> newest() {
    return all().filter(Golden::newest);
  }

  /** The newest sample of one type. */
  public static Golden of(Schema schema) {
    return newest().filter(golden -> golden.schema().equals(schema)).findFirst().orElseThrow();
  }
}
