package io.tollgate.sandbox.demo;

import io.tollgate.cli.CommandException;
import io.tollgate.cli.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The directory of one demo, which holds nothing else; deleted at the end unless it is kept. */
final class DemoDirectory implements AutoCloseable {

  private final Path path;
  private final boolean kept;

  private DemoDirectory(Path path, boolean kept) {
    this.path = path;
    this.kept = kept;
  }

  /**
   * A directory for a demo.
   *
   * @param given where; null: a new temporary one
   * @throws CommandException if something is there already, or it cannot be created
   */
  static DemoDirectory open(@Nullable Path given, boolean kept) {
    try {
      if (given == null) {
        return new DemoDirectory(Files.createTempDirectory("tollgate-demo-"), kept);
      }
      Path path = given.toAbsolutePath().normalize();
      if (Files.exists(path) && !isEmptyDirectory(path)) {
        throw new CommandException(
            ExitCode.USAGE,
            "%s is not an empty directory; a demo starts with empty books, so give it a new one"
                .formatted(given));
      }
      return new DemoDirectory(Files.createDirectories(path), kept);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.USAGE,
          "cannot create the directory %s: %s"
              .formatted(given == null ? "for temporary files" : given, e.getMessage()),
          e);
    }
  }

  private static boolean isEmptyDirectory(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (Stream<Path> children = Files.list(path)) {
      return children.findAny().isEmpty();
    }
  }

  Path path() {
    return path;
  }

  Path ofBroker() {
    return path.resolve("kafka");
  }

  Path ofState() {
    return path.resolve("state");
  }

  boolean isKept() {
    return kept;
  }

  @Override
  public void close() {
    if (kept) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      // Children before parents.
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete the demo's directory " + path, e);
    }
  }
}
