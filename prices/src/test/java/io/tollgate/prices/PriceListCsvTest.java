package io.tollgate.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.events.ModelPrices;
import io.tollgate.events.PriceRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceListCsvTest {

  private static final String HEADER =
      "model,meter,serviceTier,minInputTokens,effectiveFrom,nanosPerMillion\n";

  @TempDir Path directory;

  @Test
  void shouldReadTheBuiltInListCompletely() {
    List<ModelPrices> models = PriceListCsv.builtIn();

    assertThat(models.stream().mapToInt(model -> model.getRows().size()).sum()).isEqualTo(346);
    Set<String> names = new HashSet<>();
    for (ModelPrices model : models) {
      assertThat(names.add(model.getModel())).isTrue();
      assertThat(model.getVersion()).isEqualTo(1);
      assertThat(model.getPublishedAt()).isEqualTo(Instant.EPOCH);
    }
  }

  @Test
  void shouldGatherTheRowsOfAModelInTheirOrder() throws IOException {
    List<ModelPrices> models =
        read(
            """
            effectiveFrom,nanosPerMillion,note,model,meter,serviceTier,minInputTokens
            2026-01-01T00:00:00Z,2,"a, b",x,output,standard,0
            2026-01-01T00:00:00.5Z,3,,y,input,batch,200000

            2026-01-01T00:00:00Z,1,,x,input,standard,0
            """);

    assertThat(models).extracting(ModelPrices::getModel).containsExactly("x", "y");
    assertThat(models.get(0).getRows())
        .containsExactly(
            new PriceRow("output", "standard", 0L, 2L, Instant.parse("2026-01-01T00:00:00Z")),
            new PriceRow("input", "standard", 0L, 1L, Instant.parse("2026-01-01T00:00:00Z")));
    assertThat(models.get(1).getRows())
        .containsExactly(
            new PriceRow("input", "batch", 200_000L, 3L, Instant.parse("2026-01-01T00:00:00.5Z")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "m,input,standard,0,2026-01-01T00:00:00Z,-1|nanosPerMillion is \"-1\", not a whole number",
        "m,input,standard,x,2026-01-01T00:00:00Z,1|minInputTokens is \"x\", not a whole number",
        "m,input,standard,0,2026-01-01,1|effectiveFrom is \"2026-01-01\", not a UTC time",
        "m,,standard,0,2026-01-01T00:00:00Z,1|meter is empty",
        "m,input,standard,0,2026-01-01T00:00:00Z|has no column nanosPerMillion",
        "m,output,standard,0,2026-01-01T00:00:00Z,2|prices the same as line 2",
        "m,input,standard,0,2026-01-01T00:00:00Z,1,1|not CSV: "
      })
  void shouldNameTheLineThatMakesNoSense(String line, String reason) {
    String list = HEADER + "m,output,standard,0,2026-01-01T00:00:00Z,1\n" + line + "\n";

    assertThatThrownBy(() -> read(list))
        .isInstanceOf(PriceListException.class)
        .hasMessageStartingWith(
            "%s, line 3: %s".formatted(directory.resolve("prices.csv"), reason));
  }

  @Test
  void shouldMissAColumn() {
    assertThatThrownBy(() -> read("model,meter\nm,input\n"))
        .isInstanceOf(PriceListException.class)
        .hasMessageEndingWith("line 2: has no column serviceTier");
  }

  @Test
  void shouldSayThatThereIsNoFile() {
    assertThatThrownBy(() -> PriceListCsv.read(directory.resolve("none.csv")))
        .isInstanceOf(PriceListException.class)
        .hasMessage("there is no price list " + directory.resolve("none.csv"));
  }

  private List<ModelPrices> read(String text) throws IOException {
    return PriceListCsv.read(Files.writeString(directory.resolve("prices.csv"), text));
  }
}
