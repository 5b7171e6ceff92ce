package io.tollgate.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.TransactionVersion;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a broker's data: locked while it is open, formatted on first use, and deleted at
 * the end if it is temporary.
 */
final class DataDirectory implements AutoCloseable {

  /**
   * Kafka's own lock is taken only after the metadata log was opened for writing, by when a second
   * broker has corrupted the log of the first.
   */
  private static final String LOCK_FILE = ".embedded-kafka.lock";

  private final Path path;
  private final boolean temporary;
  private final FileChannel lock;

  private DataDirectory(Path path, boolean temporary, FileChannel lock) {
    this.path = path;
    this.temporary = temporary;
    this.lock = lock;
  }

  /**
   * Opens the given directory, created if it is missing; without one, a new temporary directory.
   *
   * @throws EmbeddedKafkaException if it cannot be created, or another broker has it open
   */
  static DataDirectory open(@Nullable Path given) {
    try {
      Path path =
          given == null
              ? Files.createTempDirectory("tollgate-kafka-")
              : Files.createDirectories(given.toAbsolutePath());
      return new DataDirectory(path, given == null, lock(path));
    } catch (IOException e) {
      throw new EmbeddedKafkaException(
          "Cannot use %s as data directory: %s"
              .formatted(given == null ? "a temporary directory" : given, e),
          e);
    }
  }

  /** The lock is the channel's: closing that, or the end of the process, releases it. */
  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this process, which the call reports in its own way.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new EmbeddedKafkaException(
        "The data directory %s is in use by a running broker".formatted(path), null);
  }

  Path path() {
    return path;
  }

  /** Formats the directory for KRaft, unless it is formatted already and so may hold data. */
  void formatIfNew() {
    // Written last when formatting, so a half-formatted directory is formatted again.
    if (Files.exists(path.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
      return;
    }
    try (PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(silent)
          .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
          .setNodeId(BrokerProperties.NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
          .setMetadataLogDirectory(path.toString())
          .addDirectory(path.toString())
          // Stated, not left to a default: below 2, a zombie's late write can end up in the next
          // transaction.
          .setFeatureLevel(TransactionVersion.FEATURE_NAME, TransactionVersion.TV_2.featureLevel())
          // Static: the one voter is in the settings, not in the metadata log with a port of its
          // own, so a kept directory can come back on other ports.
          .setHasDynamicQuorum(false)
          .run();
    } catch (Exception e) {
      throw new EmbeddedKafkaException(
          "Cannot format the data directory %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** Releases the directory, and deletes it if it is temporary. */
  @Override
  public void close() {
    try {
      lock.close();
      if (temporary && Files.exists(path)) {
        Files.walkFileTree(path, new Deletion());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot release the data directory " + path, e);
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
