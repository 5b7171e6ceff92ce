package io.tollgate.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.schemas.GoldenFiles.Golden;
import io.tollgate.schemas.json.JsonRecords;
import io.tollgate.schemas.serde.EventCodec;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that were once shipped stay readable; a change here is a change for every consumer. */
class GoldenRecordTest {

  static Stream<Golden> all() {
    return GoldenFiles.all();
  }

  static Stream<Golden> newest() {
    return GoldenFiles.newest();
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldDecodeGoldenBytesOfEveryVersion(Golden golden) {
    ObjectNode decoded = JsonRecords.toJson(EventCodec.decode(golden.bytes()));

    if (golden.newest()) {
      assertThat(decoded.toPrettyString()).isEqualTo(golden.json().toPrettyString());
    } else {
      assertSharedFieldsAreEqual(decoded, golden.json());
    }
  }

  @ParameterizedTest
  @MethodSource("newest")
  void shouldEncodeToGoldenBytes(Golden golden) {
    byte[] encoded = EventCodec.encode(JsonRecords.fromJson(golden.json(), golden.schema()));

    assertThat(encoded).asHexString().isEqualTo(hex(golden.bytes()));
  }

  private static void assertSharedFieldsAreEqual(ObjectNode decoded, JsonNode golden) {
    golden
        .properties()
        .forEach(
            field -> {
              if (decoded.has(field.getKey())) {
                assertThat(decoded.get(field.getKey())).isEqualTo(field.getValue());
              }
            });
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().withUpperCase().formatHex(bytes);
  }
}
