package io.tollgate.streams.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories in which an instance keeps state. */
final class LocalState {

  private LocalState() {}

  /**
   * Deletes a directory with all that is in it.
   *
   * @throws AdminException if something of it cannot be deleted
   */
  static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new AdminException(
          "Cannot delete the state in %s: %s; delete it by hand before the next start"
              .formatted(directory.toAbsolutePath(), e.getMessage()),
          e);
    }
  }
}
