package io.tollgate.streams.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsDocumentTest {

  @Test
  void shouldDocumentEverySettingAsItIsDefined() throws IOException {
    String document = Files.readString(Path.of("../docs/settings.md"), UTF_8);

    assertThat(document).contains(ConfigLoader.describe());
  }

  @Test
  void shouldGiveEverySettingARow() {
    assertThat(ConfigLoader.describe().lines())
        .hasSize(2 + SettingDefinitions.ALL.names().size())
        .allMatch(line -> line.startsWith("|") && line.endsWith("|"));
  }
}
