package io.tollgate.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tollgate.events.UsageEvent;
import io.tollgate.schemas.json.JsonRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A gateway's memory over its own death: the events it made, one JSON object a line, written before
 * they are sent, and the ids of those that were acknowledged.
 */
final class UnsentLog implements AutoCloseable {

  /** More than are in flight at once. */
  private static final int LAST = 100;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final Writer made;
  private final Writer acknowledged;

  UnsentLog(Path directory) throws IOException {
    this.directory = directory;
    this.made = append(madeFile(directory));
    this.acknowledged = append(acknowledgedFile(directory));
  }

  private static Writer append(Path file) throws IOException {
    return Files.newBufferedWriter(
        file, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static Path madeFile(Path directory) {
    return directory.resolve("made.jsonl");
  }

  private static Path acknowledgedFile(Path directory) {
    return directory.resolve("acknowledged");
  }

  /** All events that a gateway made which keeps its log there. */
  static List<UsageEvent> made(Path directory) throws IOException {
    Path file = madeFile(directory);
    return Files.exists(file)
        ? Files.readAllLines(file, UTF_8).stream().map(UnsentLog::parse).toList()
        : List.of();
  }

  /** How many acknowledgements such a gateway has noted. */
  static int acknowledged(Path directory) throws IOException {
    return acknowledgedIds(directory).size();
  }

  private static Set<String> acknowledgedIds(Path directory) throws IOException {
    Path file = acknowledgedFile(directory);
    return Files.exists(file) ? new HashSet<>(Files.readAllLines(file, UTF_8)) : Set.of();
  }

  private static UsageEvent parse(String line) {
    try {
      return JsonRecords.fromJson(JSON.readTree(line), UsageEvent.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The events of which no acknowledgement is noted, and the last ones in any case, as if their
   * notes were lost: some of what is sent again has arrived before.
   */
  List<UsageEvent> unsent() throws IOException {
    Set<String> ids = acknowledgedIds(directory);
    List<UsageEvent> made = made(directory);
    int last = Math.max(0, made.size() - LAST);
    return IntStream.range(0, made.size())
        .filter(i -> i >= last || !ids.contains(made.get(i).getEventId()))
        .mapToObj(made::get)
        .toList();
  }

  void add(UsageEvent event) {
    write(made, JsonRecords.toJson(event).toString());
  }

  void acknowledge(UsageEvent event) {
    write(acknowledged, event.getEventId());
  }

  /** Out of the process at once, so that killing it takes nothing back. */
  private static synchronized void write(Writer writer, String line) {
    try {
      writer.write(line + "\n");
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    try (made) {
      acknowledged.close();
    }
  }
}
