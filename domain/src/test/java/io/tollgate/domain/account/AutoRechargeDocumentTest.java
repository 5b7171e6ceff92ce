package io.tollgate.domain.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tollgate.domain.account.RechargeMachine.Event;
import io.tollgate.domain.account.RechargeMachine.StateName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * {@code docs/auto-recharge.md} says what the code does: each row of its table is run, whatever is
 * in no row changes nothing, and the diagram has the table's transitions.
 */
class AutoRechargeDocumentTest {

  private static final Pattern ROW =
      Pattern.compile(
          "\\| ([A-Z]+) \\| \\[?([a-z ]+)(?:]\\(\\S+\\))? \\| ([A-Z]+) \\| (.*?)\\s*\\|");
  private static final Pattern ARROW = Pattern.compile("\\s+([A-Z]+) --> ([A-Z]+): (.+)");

  private record Transition(StateName from, Event event) {}

  private record Outcome(StateName to, String told) {}

  private final String document;
  private final Map<Transition, Outcome> table = new LinkedHashMap<>();

  AutoRechargeDocumentTest() throws IOException {
    document = Files.readString(Path.of("../docs/auto-recharge.md"), UTF_8);
    for (String line : document.lines().toList()) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        Transition transition =
            new Transition(StateName.valueOf(row.group(1)), Event.named(row.group(2)));
        Outcome before =
            table.put(transition, new Outcome(StateName.valueOf(row.group(3)), row.group(4)));
        assertThat(before).as("%s has two rows", transition).isNull();
      }
    }
  }

  @TestFactory
  List<DynamicTest> shouldDoWhatTheTableSaysAndNothingElse() {
    List<DynamicTest> tests = new ArrayList<>();
    for (StateName from : StateName.values()) {
      for (Event event : Event.values()) {
        Outcome inert = new Outcome(from, "");
        Outcome expected = table.getOrDefault(new Transition(from, event), inert);
        Optional<RechargeMachine> machine = RechargeMachine.in(from, event);
        assertThat(machine.isPresent() || expected.equals(inert))
            .as("%s can happen in %s", event, from)
            .isTrue();
        machine.ifPresent(
            m -> tests.add(dynamicTest(from + ", " + event.text(), () -> run(m, event, expected))));
      }
    }
    return tests;
  }

  private static void run(RechargeMachine machine, Event event, Outcome expected) {
    machine.happens(event);
    assertThat(new Outcome(machine.state(), machine.told())).isEqualTo(expected);
    assertThat(machine.counted())
        .as("what the recharge counts in its month")
        .isEqualTo(machine.expectedCount(event));
  }

  @Test
  void shouldDrawTheTransitionsOfTheTable() {
    Map<String, List<String>> drawn = new LinkedHashMap<>();
    for (String line : document.lines().toList()) {
      Matcher arrow = ARROW.matcher(line);
      if (arrow.matches()) {
        List<String> events = Arrays.stream(arrow.group(3).split(", ")).sorted().toList();
        drawn.put(arrow.group(1) + " --> " + arrow.group(2), events);
      }
    }
    Map<String, List<String>> said =
        table.entrySet().stream()
            .filter(row -> row.getKey().from() != row.getValue().to())
            .collect(
                Collectors.groupingBy(
                    row -> row.getKey().from() + " --> " + row.getValue().to(),
                    Collectors.collectingAndThen(
                        Collectors.mapping(row -> row.getKey().event().text(), Collectors.toList()),
                        events -> events.stream().sorted().toList())));
    assertThat(drawn).isEqualTo(said);
  }

  @Test
  void shouldNameEveryStateThatTheCodeHas() {
    assertThat(Arrays.stream(StateName.values()).<Class<?>>map(StateName::type).distinct())
        .containsExactlyInAnyOrderElementsOf(RechargeMachine.allStates());
  }

  @Test
  void shouldHaveATransitionForEveryEvent() {
    assertThat(table.keySet().stream().map(Transition::event).distinct())
        .containsExactlyInAnyOrder(Event.values());
  }
}
