package io.tollgate.schemas.topics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's table of topics says what the catalogue says. */
class ReadmeTopicsTest {

  private static final String HEADER = "| topic | direction | key | records | partitions | kept |";

  @Test
  void shouldTellTheTopicsOfTheCatalogueInTheReadme() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("../README.md"), UTF_8);
    int header = lines.indexOf(HEADER);
    assertThat(header).as("the table of topics in the README").isNotNegative();
    List<String> rows =
        lines.subList(header + 2, lines.size()).stream()
            .takeWhile(line -> line.startsWith("|"))
            .toList();
    List<String> expected = new ArrayList<>();
    TopicCatalogue.all().forEach(topic -> expected.add(row(topic)));
    assertThat(rows)
        .as("the rows of that table; copy these:%n%s", String.join("\n", expected))
        .isEqualTo(expected);
  }

  private static String row(TopicSpec topic) {
    return "| `%s` | %s | %s | %s | %s | %s |"
        .formatted(
            topic.name(),
            switch (topic.direction()) {
              case IN -> "in";
              case OUT -> "out";
              case INTERNAL -> "internal";
            },
            topic.key().contains("<") ? "`" + topic.key() + "`" : topic.key(),
            String.join(", ", topic.recordNames()),
            topic.partitioning() == Partitioning.SINGLE ? "1" : "N",
            kept(topic.retention()));
  }

  private static String kept(Retention retention) {
    if (retention.isCompacted()) {
      return "last of each key";
    }
    return retention.period() == null ? "for ever" : retention.period().toDays() + " d";
  }
}
