package io.tollgate.simulator.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each script stands on one page, with what it shows. */
class ScriptListTest {

  private static final Pattern LINK = Pattern.compile("]\\((?:scenarios/)?(\\S+\\.jsonl)\\)");

  @Test
  void shouldStandOnOnePageEach() {
    assertThat(Stream.of("README.md", "../auto-recharge.md").flatMap(ScriptListTest::linked))
        .containsExactlyInAnyOrderElementsOf(names(Script.all()));
  }

  private static Stream<String> linked(String page) {
    return LINK.matcher(Script.read(page)).results().map((MatchResult link) -> link.group(1));
  }

  private static List<String> names(List<Script> scripts) {
    return scripts.stream().map(Script::name).toList();
  }
}
