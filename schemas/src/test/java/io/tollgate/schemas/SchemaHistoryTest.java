package io.tollgate.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SchemaValidatorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaHistoryTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path PROPOSALS = Path.of("target", "schema-history");

  static Stream<Schema> types() {
    return EventTypes.all().stream();
  }

  @ParameterizedTest
  @MethodSource("types")
  void shouldHaveTheCurrentSchemaAsItsNewestVersion(Schema current) throws IOException {
    List<Schema> versions = SchemaHistory.versions(current.getName());
    Schema newest = versions.get(versions.size() - 1);
    String file = current.getName() + "/v" + (versions.size() + 1) + ".avsc";
    boolean same = contract(current).equals(contract(newest));
    if (!same) {
      Path proposal = PROPOSALS.resolve(file);
      Files.createDirectories(Objects.requireNonNull(proposal.getParent()));
      Files.writeString(proposal, withoutJavaProperties(current).toPrettyString() + "\n");
    }

    assertThat(same)
        .as(
            """
            The schema of %s has changed since its newest version, v%d.
            If v%d was never shipped, replace it; else add a version. The file is written:
              cp %s src/main/resources/io/tollgate/schemas/history/%s
            and give it a sample: src/test/resources/golden/%s (.json and .hex).\
            """,
            current.getName(),
            versions.size(),
            versions.size(),
            PROPOSALS.resolve(file),
            file,
            file.replace(".avsc", ""))
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("types")
  void shouldBeReadableAcrossAllVersionsInBothDirections(Schema current) throws Exception {
    List<Schema> all = new ArrayList<>(SchemaHistory.versions(current.getName()));
    all.add(current);
    for (int i = 1; i < all.size(); i++) {
      // Avro wants the older ones newest first.
      List<Schema> older = new ArrayList<>(all.subList(0, i));
      Collections.reverse(older);
      new SchemaValidatorBuilder().mutualReadStrategy().validateAll().validate(all.get(i), older);
    }
  }

  @Test
  void shouldTellAllVersionsOfAllTypesApart() {
    List<Long> fingerprints =
        types()
            .flatMap(type -> SchemaHistory.versions(type.getName()).stream())
            .map(SchemaNormalization::parsingFingerprint64)
            .toList();

    assertThat(fingerprints).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("types")
  void shouldDocumentEverythingAndGiveEveryFieldADefault(Schema schema) {
    assertDocumented(schema);
  }

  @Test
  void shouldRefuseATypeThatWasNeverShipped() {
    assertThatThrownBy(() -> SchemaHistory.versions("Invoice"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Invoice");
  }

  @ParameterizedTest
  @MethodSource("types")
  void shouldHaveListsOnlyWhereTheDecoderMakesThemPlain(Schema schema) {
    for (Schema.Field field : schema.getFields()) {
      assertThat(field.schema().toString().split("\"type\":\"array\"", -1))
          .as("%s.%s", schema.getName(), field.name())
          .hasSizeLessThanOrEqualTo(field.schema().getType() == Schema.Type.ARRAY ? 2 : 1);
    }
  }

  private static void assertDocumented(Schema schema) {
    switch (schema.getType()) {
      case RECORD -> {
        assertThat(schema.getDoc()).as(schema.getFullName()).isNotBlank().endsWith(".");
        for (Schema.Field field : schema.getFields()) {
          String where = schema.getName() + "." + field.name();
          assertThat(field.doc()).as(where).isNotBlank().endsWith(".");
          assertThat(field.hasDefaultValue()).as("default of " + where).isTrue();
          assertDocumented(field.schema());
        }
      }
      case ENUM -> {
        assertThat(schema.getDoc()).as(schema.getFullName()).isNotBlank();
        assertThat(schema.getEnumDefault())
            .as("default symbol of " + schema.getName())
            .isEqualTo(schema.getEnumSymbols().get(0));
      }
      case UNION -> {
        assertThat(schema.getTypes()).hasSize(2);
        assertThat(schema.getTypes().get(0).getType()).isEqualTo(Schema.Type.NULL);
        assertDocumented(schema.getTypes().get(1));
      }
      case ARRAY -> assertDocumented(schema.getElementType());
      case MAP -> assertDocumented(schema.getValueType());
      default ->
          assertThat(schema.getType())
              .isIn(
                  Schema.Type.STRING,
                  Schema.Type.LONG,
                  Schema.Type.INT,
                  Schema.Type.BOOLEAN,
                  Schema.Type.BYTES);
    }
  }

  /** What a schema promises: all of it but words for people and hints for Java. */
  private static JsonNode contract(Schema schema) throws IOException {
    JsonNode tree = withoutJavaProperties(schema);
    removeDocs(tree);
    return tree;
  }

  private static void removeDocs(JsonNode node) {
    if (node instanceof ObjectNode object && object.has("type")) {
      object.remove("doc");
    }
    node.forEach(SchemaHistoryTest::removeDocs);
  }

  private static JsonNode withoutJavaProperties(Schema schema) throws IOException {
    return withoutStringHints(MAPPER.readTree(schema.toString()));
  }

  private static JsonNode withoutStringHints(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove("avro.java.string");
      if (object.size() == 1 && object.path("type").isTextual()) {
        return object.get("type");
      }
      object.properties().forEach(entry -> entry.setValue(withoutStringHints(entry.getValue())));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, withoutStringHints(array.get(i)));
      }
    }
    return node;
  }
}
