package io.tollgate.testkit.example;

import static io.tollgate.events.AlertType.EXHAUSTED;
import static io.tollgate.events.AlertType.LOW_BALANCE;

import io.tollgate.events.BalanceAlert;
import io.tollgate.testkit.OwnTopic;
import io.tollgate.testkit.TestSetup;
import io.tollgate.testkit.TollgateExtension;
import io.tollgate.testkit.TollgateTestDriver;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

// snippet:alone
class AlertCountsTest {
  private static final OwnTopic<String, Long> COUNTS =
      new OwnTopic<>("alert-counts", Serdes.String(), Serdes.Long());

  @RegisterExtension
  final TollgateExtension extension = TollgateExtension.of(TestSetup.only(new AlertCounts()));

  @Test
  void shouldCountAlertsByType(TollgateTestDriver driver) {
    driver
        .at("2026-09-01T00:00:00Z")
        .send(BalanceAlert.newBuilder().setAccountId("acme").setType(LOW_BALANCE).build())
        .send(BalanceAlert.newBuilder().setAccountId("acme").setType(EXHAUSTED).build())
        .send(BalanceAlert.newBuilder().setAccountId("zeta").setType(LOW_BALANCE).build())
        .expect(COUNTS, "LOW_BALANCE", 1L)
        .expect(COUNTS, "EXHAUSTED", 1L)
        .expect(COUNTS, "LOW_BALANCE", 2L)
        .expectNothingMore();
  }
}
// end
