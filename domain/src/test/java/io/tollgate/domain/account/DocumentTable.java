package io.tollgate.domain.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A table of a document, so that each of its rows is a test. */
final class DocumentTable {

  private DocumentTable() {}

  /** The rows of the first table under a heading, each by column. */
  static Stream<Map<String, String>> under(String document, String heading) {
    List<String> table =
        lines(document).stream()
            .dropWhile(line -> !line.equals("## " + heading))
            .dropWhile(line -> !line.startsWith("|"))
            .takeWhile(line -> line.startsWith("|"))
            .toList();
    if (table.size() < 3) {
      throw new IllegalArgumentException(document + " has no table under " + heading);
    }
    List<String> columns = cells(table.get(0));
    return table.stream().skip(2).map(line -> row(columns, cells(line)));
  }

  private static List<String> lines(String document) {
    try {
      return Files.readAllLines(Path.of("..", document), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> row(List<String> columns, List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException("a row with other columns: " + cells);
    }
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      row.put(columns.get(i), cells.get(i));
    }
    return row;
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1))
        .map(String::strip)
        .toList();
  }
}
