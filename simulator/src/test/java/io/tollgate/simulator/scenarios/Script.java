package io.tollgate.simulator.scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.schemas.json.JsonRecords;
import io.tollgate.schemas.lines.RecordLine;
import io.tollgate.schemas.lines.RecordLines;
import io.tollgate.simulator.history.Lines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Input of {@code simulate} that a page shows.
 *
 * @param name path below {@code docs/scenarios}
 * @param text lines, in paragraphs
 */
record Script(String name, String text) {

  private static final Path DIRECTORY = Path.of("..", "docs", "scenarios");
  private static final String SUFFIX = ".jsonl";
  private static final String EXPECTED = ".expected" + SUFFIX;

  /** Every script there is. */
  static List<Script> all() {
    try (Stream<Path> files = Files.walk(DIRECTORY)) {
      return files
          .map(file -> DIRECTORY.relativize(file).toString())
          .filter(name -> name.endsWith(SUFFIX) && !name.endsWith(EXPECTED))
          .sorted()
          .map(Script::named)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Script named(String name) {
    return new Script(name, read(name));
  }

  /** A page or script below {@code docs/scenarios}. */
  static String read(String name) {
    try {
      return Files.readString(DIRECTORY.resolve(name), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<List<String>> paragraphs() {
    return Arrays.stream(text.split("\n\n", -1))
        .map(paragraph -> paragraph.lines().toList())
        .toList();
  }

  /** All lines, with every field of every record. */
  List<ObjectNode> history() {
    return text.lines().filter(line -> !line.isBlank()).map(Script::withAllFields).toList();
  }

  private static ObjectNode withAllFields(String line) {
    ObjectNode json = Lines.parse(line);
    if (RecordLines.parse(line) instanceof RecordLine record && record.value() != null) {
      json.set(
          "value",
          JsonRecords.toJson(
              JsonRecords.fromJson(Objects.requireNonNull(record.value()), record.type())));
    }
    return json;
  }

  /** The output that stands beside it. */
  List<ObjectNode> expected() {
    return read(name.replace(SUFFIX, EXPECTED)).lines().map(Lines::parse).toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
