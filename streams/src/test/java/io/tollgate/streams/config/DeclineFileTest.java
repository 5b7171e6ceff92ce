package io.tollgate.streams.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.domain.DeclineTable;
import io.tollgate.domain.DeclineTable.Code;
import io.tollgate.domain.DeclineTable.Decline;
import io.tollgate.domain.DeclineTable.DeclineClass;
import io.tollgate.domain.DeclineTable.Field;
import io.tollgate.prices.CsvException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclineFileTest {

  private static final String HEADER = "field,code,class,delay\n";

  @TempDir Path directory;

  @Test
  void shouldShipTheCodesOfCardNetworksAndProviders() {
    DeclineTable shipped = DeclineFile.shipped();

    assertThat(shipped.declines()).hasSize(56);
    assertThat(shipped.find(null, null, "stolen_card"))
        .isEqualTo(new Decline(DeclineClass.STOP, null));
    assertThat(shipped.find(null, null, "do_not_honor"))
        .isEqualTo(new Decline(DeclineClass.ISSUER, Duration.ofHours(1).toMillis()));
    assertThat(shipped.find("30", null, "stolen_card"))
        .isEqualTo(new Decline(DeclineClass.RETRY, Duration.ofDays(10).toMillis()));
    assertThat(shipped.find(null, "confirm_card_data", "insufficient_funds"))
        .isEqualTo(new Decline(DeclineClass.CUSTOMER, null));
  }

  @Test
  void shouldReadColumnsInAnyOrderAndPassOverOthers() throws IOException {
    assertThat(
            read(
                """
                note,delay,class,code,field
                "a, b", PT90M ,RETRY, x1 ,declineCode

                ,,STOP,x1,adviceCode
                ,86400000,ISSUER,7,networkAdviceCode
                """))
        .isEqualTo(
            new DeclineTable(
                Map.of(
                    new Code(Field.DECLINE_CODE, "x1"),
                    new Decline(DeclineClass.RETRY, 5_400_000L),
                    new Code(Field.ADVICE_CODE, "x1"),
                    new Decline(DeclineClass.STOP, null),
                    new Code(Field.NETWORK_ADVICE_CODE, "7"),
                    new Decline(DeclineClass.ISSUER, 86_400_000L))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "declinecode,x,STOP,|field is \"declinecode\", not one of [adviceCode, declineCode,",
        ",x,STOP,|field is empty",
        "declineCode,,STOP,|code is empty",
        "declineCode,x,,|class is empty",
        "declineCode,x,stop,|class is \"stop\", not one of [CUSTOMER, ISSUER, RETRY, STOP]",
        "declineCode,x,STOP,PT1H|delay is \"PT1H\", but STOP is not tried again; leave it empty",
        "declineCode,x,CUSTOMER,PT1H|delay is \"PT1H\", but CUSTOMER is not tried again",
        "declineCode,x,RETRY,1 h|delay is \"1 h\", not a duration such as PT1H or P2D",
        "declineCode,x,RETRY,PT0S|delay is \"PT0S\", not a duration such as PT1H or P2D, above 0",
        "declineCode,x,RETRY,-PT1H|delay is \"-PT1H\", not a duration",
        "declineCode,x,RETRY,P367D|delay is \"P367D\", not a duration",
        "declineCode,x,RETRY|has no column delay",
        "declineCode,first,STOP,|classes the same code as line 2",
        "declineCode,x,RETRY,PT1H,1|not CSV: "
      })
  void shouldNameTheLineThatMakesNoSense(String line, String reason) {
    assertThatThrownBy(() -> read(HEADER + "declineCode,first,STOP,\n" + line + "\n"))
        .isInstanceOf(CsvException.class)
        .hasMessageStartingWith("%s, line 3: %s".formatted(file(), reason));
  }

  @Test
  void shouldNotTakeAFileWithoutCodesForATable() {
    assertThatThrownBy(() -> read(HEADER))
        .isInstanceOf(CsvException.class)
        .hasMessage(file() + " has no codes; it needs the columns field, code, class and delay");
  }

  @Test
  void shouldReplaceTheShippedCodesBySetting() throws IOException {
    Files.writeString(file(), HEADER + "declineCode,ours,RETRY,PT2H\n");

    DeclineTable declines =
        new TollgateConfig(Map.of("declines.file", file().toString())).rules().declines();

    assertThat(declines.find(null, null, "ours"))
        .isEqualTo(new Decline(DeclineClass.RETRY, 7_200_000L));
    assertThat(declines.find(null, null, "stolen_card")).isNull();
  }

  @Test
  void shouldSayAtStartWhatIsWrongAndWhere() throws IOException {
    Files.writeString(file(), HEADER + "declineCode,ours,LATER,\n");

    assertThatThrownBy(
            () -> ConfigLoader.load(null, Map.of(), Map.of("declines.file", file().toString())))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid value %1$s for configuration declines.file: %1$s, line 2: class is \"LATER\", not one of [CUSTOMER, ISSUER, RETRY, STOP] (from command line)"
                .formatted(file()));
    assertThatThrownBy(() -> new TollgateConfig(Map.of("declines.file", "none.csv")))
        .isInstanceOf(ConfigException.class)
        .hasMessageEndingWith("there is no file none.csv");
  }

  private Path file() {
    return directory.resolve("declines.csv");
  }

  private DeclineTable read(String text) throws IOException {
    return DeclineFile.read(Files.writeString(file(), text));
  }
}
