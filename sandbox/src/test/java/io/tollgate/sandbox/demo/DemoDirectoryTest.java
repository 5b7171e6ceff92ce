package io.tollgate.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoDirectoryTest {

  @TempDir Path parent;

  @Test
  void shouldDeleteItselfAtTheEnd() throws IOException {
    Path given = parent.resolve("demo");
    try (DemoDirectory directory = DemoDirectory.open(given, false)) {
      Files.createDirectories(directory.ofBroker().resolve("topic-0"));
      Files.writeString(directory.ofBroker().resolve("topic-0/0.log"), "data");
    }

    assertThat(given).doesNotExist();
  }

  @Test
  void shouldStayIfKept() throws IOException {
    Path given = parent.resolve("demo");
    try (DemoDirectory directory = DemoDirectory.open(given, true)) {
      Files.createDirectories(directory.ofState());
    }

    assertThat(given.resolve("state")).exists();
  }

  @Test
  void shouldBeTemporaryIfNoneIsGiven() {
    DemoDirectory directory = DemoDirectory.open(null, false);

    assertThat(directory.path()).isEmptyDirectory();
    directory.close();
    assertThat(directory.path()).doesNotExist();
  }

  @Test
  void shouldNotTouchWhatIsThereAlready() throws IOException {
    Files.writeString(parent.resolve("mine"), "keep me");

    assertThatThrownBy(() -> DemoDirectory.open(parent, false))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("is not an empty directory");
    assertThat(parent.resolve("mine")).hasContent("keep me");
  }
}
