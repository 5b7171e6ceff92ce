package io.tollgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.events.PaymentFailed;
import io.tollgate.events.RejectedEvent;
import io.tollgate.events.RejectionReason;
import io.tollgate.events.UsageBlocked;
import io.tollgate.schemas.EventTypes;
import io.tollgate.schemas.TrustedTypes;
import io.tollgate.schemas.json.JsonRecords;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordWordsTest {

  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  static {
    TrustedTypes.trust();
  }

  static Stream<Schema> types() {
    return EventTypes.all().stream();
  }

  @ParameterizedTest
  @MethodSource("types")
  void shouldHaveOneLineForEveryType(Schema type) {
    ObjectNode nothing = new ObjectMapper().createObjectNode();

    assertThat(RecordWords.of(JsonRecords.fromJson(nothing, type))).doesNotContain("\n");
  }

  @Test
  void shouldNameFieldsThatSaySomething() {
    PaymentFailed failed =
        PaymentFailed.newBuilder()
            .setPaymentId("p1")
            .setAccountId("acme")
            .setAmountNanos(20_000_000_000L)
            .setOccurredAt(TIME)
            .setDeclineCode("do_not_honor")
            .build();

    assertThat(RecordWords.of(failed))
        .isEqualTo(
            "paymentId=p1 amount=20.00 currency=USD occurredAt=2026-01-01T00:00:00.000Z"
                + " declineCode=do_not_honor");
  }

  @Test
  void shouldSayWhatWasRefusedAndBlocked() {
    RejectedEvent rejected =
        new RejectedEvent(
            RejectionReason.UNPRICED,
            "no price",
            "usage-events",
            3,
            17L,
            "acme",
            ByteBuffer.allocate(0),
            0L,
            TIME);
    UsageBlocked blocked =
        UsageBlocked.newBuilder()
            .setId("e1")
            .setModel("m")
            .setRemedy("Verify.")
            .setOccurredAt(TIME)
            .build();

    assertThat(RecordWords.of(rejected)).isEqualTo("UNPRICED usage-events-3@17: no price");
    assertThat(RecordWords.of(blocked)).isEqualTo("VERIFICATION_REQUIRED e1, m: Verify.");
  }
}
