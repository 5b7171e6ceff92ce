package io.tollgate.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          mail server is away, code 503              | mail server is away, code 503
          GET https://ann:s3cret@host/x failed       | GET https://***@host/x failed
          Authorization: Bearer abc.def              | Authorization: *** ***
          sent Bearer abc.def to host                | sent Bearer *** to host
          password=hunter2, user=ann                 | password=***, user=ann
          {"api_key": "k 1", "user": "ann"}          | {"api_key": ***, "user": "ann"}
          sasl.jaas.config=x;y                       | sasl.jaas.config=***;y
          key sk_live_51Habc refused                 | key *** refused
          card 4242 4242 4242 4242 was declined      | card *** was declined
          call +49 171 2345678 now                   | call *** now
          """)
  void shouldMaskWhatLooksLikeASecret(String message, String told) {
    assertThat(ErrorText.of(new IllegalStateException(message))).isEqualTo(told);
  }

  @Test
  void shouldCutLongMessages() {
    assertThat(ErrorText.of(new IllegalStateException("x".repeat(10_000)))).hasSize(500);
  }

  @Test
  void shouldTellTheClassOfAFailureWithoutAMessage() {
    assertThat(ErrorText.withClass(new IllegalStateException()))
        .isEqualTo("java.lang.IllegalStateException: ");
  }
}
