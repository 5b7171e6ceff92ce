package io.tollgate.sandbox.demo.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceFileTest {

  private static final String HEADER = "TIMESTAMP,ContextTokens,GeneratedTokens\n";
  private static final String FIRST = "2023-11-16 18:15:46.6805900,374,44\n";

  @TempDir Path directory;
  private Path file = Path.of("trace.csv");

  @BeforeEach
  void nameFile() {
    file = directory.resolve("trace.csv");
  }

  private void write(String content) throws IOException {
    Files.writeString(file, content);
  }

  @Test
  void shouldReadEachLineAsOneRequest() throws IOException {
    write(
        HEADER + FIRST + "2023-11-16 18:15:50.9951690,396,109\r\n2023-11-16 18:15:50.9951690,0,1");

    assertThat(TraceFile.read(file, 10))
        .containsExactly(
            new RequestSize(0, 374, 44),
            new RequestSize(4_314_579_000L, 396, 109),
            new RequestSize(4_314_579_000L, 0, 1));
  }

  @Test
  void shouldStopAtTheLimit() throws IOException {
    write(HEADER + FIRST + "not looked at\n");

    assertThat(TraceFile.read(file, 1)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2023-11-16 18:15:47,1            | has 2 columns instead of 3",
        "2023-11-16 18:15:47,1,2,3        | has 4 columns instead of 3",
        "16.11.2023,1,2                   | TIMESTAMP is \"16.11.2023\"",
        "2023-11-16 18:15:47,x,2          | ContextTokens is \"x\"",
        "2023-11-16 18:15:47,-1,2         | ContextTokens is \"-1\"",
        "2023-11-16 18:15:47,1,10000001   | GeneratedTokens is \"10000001\"",
        "2023-11-16 18:15:46,1,2          | is before that of the line above",
      })
  void shouldNameTheLineThatIsWrong(String line, String reason) throws IOException {
    write(HEADER + FIRST + "\n" + line + "\n");

    assertThatThrownBy(() -> TraceFile.read(file, 10))
        .isInstanceOf(TraceException.class)
        .hasMessageStartingWith(file + ", line 4: ")
        .hasMessageContaining(reason);
  }

  @Test
  void shouldNameTheHeaderThatItNeeds() throws IOException {
    write(FIRST);

    assertThatThrownBy(() -> TraceFile.read(file, 10))
        .hasMessage(file + ", line 1: is not the header TIMESTAMP,ContextTokens,GeneratedTokens");
  }

  @Test
  void shouldRefuseTraceWithoutRequests() throws IOException {
    write(HEADER);

    assertThatThrownBy(() -> TraceFile.read(file, 10))
        .hasMessage("the trace %s holds no requests", file);
  }

  @Test
  void shouldRefuseBytesThatAreNoText() throws IOException {
    Files.write(file, new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 'x'});

    assertThatThrownBy(() -> TraceFile.read(file, 10))
        .hasMessage(file + ", line 1: is not text in UTF-8");
  }

  @Test
  void shouldSayThatThereIsNoSuchFile() {
    assertThatThrownBy(() -> TraceFile.read(file, 10)).hasMessage("there is no trace " + file);
  }
}
