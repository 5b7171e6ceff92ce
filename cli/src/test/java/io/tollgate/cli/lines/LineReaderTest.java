package io.tollgate.cli.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineReaderTest {

  @Test
  void shouldNumberLinesFromOne() throws IOException {
    LineReader reader = reader("a\n\nc\n");

    assertThat(reader.next()).isEqualTo("a");
    assertThat(reader.number()).isEqualTo(1);
    assertThat(reader.next()).isEmpty();
    assertThat(reader.next()).isEqualTo("c");
    assertThat(reader.number()).isEqualTo(3);
    assertThat(reader.next()).isNull();
  }

  @Test
  void shouldReadALastLineWithoutEnd() throws IOException {
    LineReader reader = reader("a\nb");

    assertThat(reader.next()).isEqualTo("a");
    assertThat(reader.next()).isEqualTo("b");
    assertThat(reader.next()).isNull();
  }

  @Test
  void shouldReadLinesLongerThanItsBuffer() throws IOException {
    String line = "é".repeat(200_000);

    assertThat(reader(line + "\nb").next()).isEqualTo(line);
  }

  @Test
  void shouldJoinLinesThatArriveInPieces() throws IOException {
    LineReader reader = new LineReader(new SequenceInputStream(bytes("ab"), bytes("c\nd\n")));

    assertThat(reader.next()).isEqualTo("abc");
    assertThat(reader.next()).isEqualTo("d");
  }

  @Test
  void shouldPassOverAByteOrderMark() throws IOException {
    assertThat(reader("\uFEFFa\n").next()).isEqualTo("a");
  }

  @Test
  void shouldSpoilOnlyTheLineThatIsNoText() throws IOException {
    LineReader reader =
        new LineReader(new ByteArrayInputStream(new byte[] {'a', '\n', (byte) 0xC3, '\n', 'b'}));

    assertThat(reader.next()).isEqualTo("a");
    assertThatThrownBy(reader::next).isInstanceOf(CharacterCodingException.class);
    assertThat(reader.number()).isEqualTo(2);
    assertThat(reader.next()).isEqualTo("b");
  }

  private static LineReader reader(String text) {
    return new LineReader(bytes(text));
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
