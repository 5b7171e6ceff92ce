package io.tollgate.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoMillisTest {

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:00:00.000Z, 1767225600000",
    "2026-01-01T00:00:00Z,     1767225600000",
    "2026-01-01T00:00:00.5Z,   1767225600500",
    "2026-01-01T00:00:00.05Z,  1767225600050",
    "2026-01-01T00:00:00.005Z, 1767225600005",
    "1969-12-31T23:59:59.999Z, -1",
    "+10000-01-01T00:00:00.000Z, 253402300800000"
  })
  void shouldReadTimesToTheMillisecond(String text, long millis) {
    assertThat(IsoMillis.parse(text)).isEqualTo(Instant.ofEpochMilli(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-01-01",
        "2026-01-01T00:00Z",
        "2026-01-01T00:00:00",
        "2026-01-01T00:00:00+01:00",
        "2026-01-01T00:00:00.0001Z",
        "2026-01-01T00:00:00.Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T23:59:60Z",
        "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-01-01t00:00:00z",
        " 2026-01-01T00:00:00Z",
        "+999999999-01-01T00:00:00Z"
      })
  void shouldRefuseWhatIsNoUtcTime(String text) {
    assertThatThrownBy(() -> IsoMillis.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01T00:00:00.000Z",
    "1767225600050, 2026-01-01T00:00:00.050Z",
    "253402300800000, +10000-01-01T00:00:00.000Z",
    "-62167219200001, -0001-12-31T23:59:59.999Z",
    "9223372036854775807, +292278994-08-17T07:12:55.807Z",
    "-9223372036854775808, -292275055-05-16T16:47:04.192Z"
  })
  void shouldWriteAndReadBackEveryTime(long millis, String text) {
    Instant time = Instant.ofEpochMilli(millis);

    assertThat(IsoMillis.format(time)).isEqualTo(text);
    assertThat(IsoMillis.parse(text)).isEqualTo(time);
  }
}
