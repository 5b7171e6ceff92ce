package io.tollgate.sandbox.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.cli.Console;
import io.tollgate.sandbox.CommandRun;
import io.tollgate.sandbox.Sandbox;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulateCommandTest {

  private static final String PURCHASE =
      """
      {"topic":"payment-events","timestamp":"2026-01-01T00:00:00.000Z","type":"PaymentSucceeded",\
      "value":{"paymentId":"p","accountId":"a","amountNanos":1,"currency":"USD",\
      "occurredAt":"2026-01-01T00:00:00.000Z"}}
      """;
  private static final int RECORDS_OF_PURCHASE = 3;

  @TempDir Path directory;

  @Test
  void shouldPrintNothingForNothing() {
    CommandRun run = CommandRun.of("simulate", "-");

    assertThat(run).isEqualTo(new CommandRun(0, "", ""));
  }

  @Test
  void shouldReadAFileAndPassOverBlankLines() throws IOException {
    Path file = Files.writeString(directory.resolve("in.jsonl"), "\n" + PURCHASE + "  \r\n\n");

    CommandRun run = CommandRun.of("simulate", file.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.outLines()).hasSize(RECORDS_OF_PURCHASE + 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"topic\"|line 3: not JSON: ",
        "[]|line 3: not a JSON object",
        "{\"topic\":\"usage\",\"timestamp\":\"2026-01-02T00:00:00.000Z\",\"value\":{}}"
            + "|line 3: \"usage\" is no input topic; one of usage-events, ",
        "{\"topic\":\"payment-events\",\"timestamp\":\"2026-01-02T00:00:00.000Z\",\"type\":\"Paid\",\"value\":{}}|line"
            + " 3: topic payment-events has no type \"Paid\"; one of ",
        "{\"topic\":\"payment-events\",\"timestamp\":\"2026-01-02T00:00:00.000Z\",\"value\":{}}"
            + "|line 3: topic payment-events needs a type; one of PaymentSucceeded, ",
        "{\"advanceTo\":\"2025-12-31T23:59:59.999Z\"}|line 3: goes back in time, from 2026-01-01",
        "{\"advanceTo\":\"tomorrow\"}|line 3: advanceTo is \"tomorrow\", not a time such as "
      })
  void shouldStopAtALineThatMeansNothing(String line, String message) {
    CommandRun run =
        CommandRun.withInput(PURCHASE + "\n" + line + "\n" + PURCHASE, "simulate", "-");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith(message);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.outLines()).hasSize(RECORDS_OF_PURCHASE);
  }

  @Test
  void shouldStopAtALineThatIsNoText() {
    byte[] input = {'\n', (byte) 0xFF, '\n'};

    CommandRun run = CommandRun.withInput(new ByteArrayInputStream(input), "simulate", "-");

    assertThat(run).isEqualTo(new CommandRun(2, "", "line 2: not UTF-8\n"));
  }

  @Test
  void shouldWarnOfAValueThatIsNoRecordAndRejectIt() {
    CommandRun run =
        CommandRun.withInput(
            PURCHASE.replace("\"amountNanos\":1", "\"amountNanos\":\"1\""), "simulate", "-");

    assertThat(run.exitCode()).isZero();
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).startsWith("line 1: warning: amountNanos: ");
    assertThat(run.out()).contains("\"type\":\"RejectedEvent\"", "\"UNDECODABLE\"");
  }

  @Test
  void shouldSayThatAFileCannotBeRead() {
    CommandRun run = CommandRun.of("simulate", directory.resolve("none").toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).startsWith("tollgate: cannot read ").contains("none");
    assertThat(CommandRun.of("simulate", directory.toString()).err()).contains("is a directory");
  }

  @Test
  void shouldSayWhatIsWrongWithAPriceList() throws IOException {
    Path prices =
        Files.writeString(
            directory.resolve("prices.csv"),
            """
            model,meter,serviceTier,minInputTokens,effectiveFrom,nanosPerMillion
            m,input,standard,0,2026-01-01T00:00:00Z,1.5
            """);

    CommandRun run = CommandRun.of("simulate", "-", "--prices", prices.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            "tollgate: %s, line 2: nanosPerMillion is \"1.5\", not a whole number from 0%n"
                .formatted(prices));
  }

  @Test
  void shouldSayWhichModelOfAPriceListIsRefused() throws IOException {
    Path prices =
        Files.writeString(
            directory.resolve("prices.csv"),
            "model,meter,serviceTier,minInputTokens,effectiveFrom,nanosPerMillion\n"
                + "m,%s,standard,0,2026-01-01T00:00:00Z,1%n".formatted("x".repeat(129)));

    CommandRun run = CommandRun.of("simulate", "-", "--prices", prices.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).startsWith("tollgate: " + prices + ": the prices of m are refused: ");
  }

  @Test
  @Timeout(60) // a read from a pipe has none of its own
  void shouldAnswerBeforeTheNextLineIsAsked() throws Exception {
    PipedOutputStream questions = new PipedOutputStream();
    PipedInputStream in = new PipedInputStream(questions);
    PipedInputStream answers = new PipedInputStream();
    PipedOutputStream out = new PipedOutputStream(answers);
    CompletableFuture<Integer> ended =
        CompletableFuture.supplyAsync(
            () ->
                Sandbox.run(
                    new Console(in, out, new ByteArrayOutputStream(), false, false),
                    "simulate",
                    "-"));
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(answers, StandardCharsets.UTF_8))) {
      try (questions) {
        questions.write(PURCHASE.getBytes(StandardCharsets.UTF_8));
        questions.flush();

        assertThat(reader.readLine()).contains("\"LedgerEntry\"");
      }
      assertThat(ended.get(30, TimeUnit.SECONDS)).isZero();
    }
  }

  @Test
  void shouldEndQuietlyWhenNobodyReadsItsOutput() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = console(new FailingOutput("Broken pipe"), err);

    assertThat(Sandbox.run(console, "simulate", "-")).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void shouldFailWhenItsOutputCannotBeWritten() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = console(new FailingOutput("No space left on device"), err);

    assertThat(Sandbox.run(console, "simulate", "-")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("tollgate: cannot write the output: No space left on device");
  }

  private static Console console(OutputStream out, OutputStream err) {
    return new Console(
        new ByteArrayInputStream(PURCHASE.getBytes(StandardCharsets.UTF_8)),
        out,
        err,
        false,
        false);
  }

  private static final class FailingOutput extends OutputStream {

    private final String reason;

    FailingOutput(String reason) {
      this.reason = reason;
    }

    @Override
    public void write(int b) throws IOException {
      throw new IOException(reason);
    }
  }
}
