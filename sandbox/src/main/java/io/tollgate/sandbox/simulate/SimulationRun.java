package io.tollgate.sandbox.simulate;

import io.tollgate.cli.CommandException;
import io.tollgate.cli.Console;
import io.tollgate.cli.lines.BrokenPipeException;
import io.tollgate.cli.lines.JsonLineWriter;
import io.tollgate.cli.lines.LineReader;
import io.tollgate.schemas.lines.InvalidLineException;
import io.tollgate.simulator.LineParser;
import io.tollgate.simulator.OutputRecord;
import io.tollgate.simulator.Simulator;
import io.tollgate.simulator.SimulatorInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One pass over the input: each line goes in, and what it causes comes out before the next. */
final class SimulationRun {

  private final Simulator simulator;
  private final JsonLineWriter output;
  private final PrintWriter warnings;

  SimulationRun(Simulator simulator, Console console) {
    this.simulator = simulator;
    this.output = new JsonLineWriter(console.rawOut());
    this.warnings = console.err();
  }

  void run(LineReader input) throws IOException {
    try {
      feed(input);
      write(simulator.balances());
    } catch (BrokenPipeException e) {
      // Whoever read the output has seen enough.
      return;
    } finally {
      output.flushQuietly();
    }
    output.flush();
  }

  private void feed(LineReader input) throws IOException {
    for (String line = read(input); line != null; line = read(input)) {
      if (line.isBlank()) {
        continue;
      }
      write(step(line, input.number()));
      if (!input.ready()) {
        // Nobody should wait for an answer because the next question is not asked yet.
        output.flush();
      }
    }
  }

  private void write(List<OutputRecord> records) throws IOException {
    for (OutputRecord record : records) {
      output.write(record.toJson());
    }
  }

  private List<OutputRecord> step(String line, long number) {
    try {
      SimulatorInput input = LineParser.parse(line);
      List<OutputRecord> records = simulator.step(input);
      if (input instanceof SimulatorInput.Arrival arrival && arrival.warning() != null) {
        warnings.println("line %d: warning: %s".formatted(number, arrival.warning()));
      }
      return records;
    } catch (InvalidLineException e) {
      throw CommandException.inInput("line %d: %s".formatted(number, e.getMessage()), e);
    }
  }

  private static @Nullable String read(LineReader input) throws IOException {
    try {
      return input.next();
    } catch (CharacterCodingException e) {
      throw CommandException.inInput("line %d: not UTF-8".formatted(input.number()), e);
    }
  }
}
