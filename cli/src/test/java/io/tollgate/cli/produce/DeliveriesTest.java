package io.tollgate.cli.produce;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeliveriesTest {

  private final Deliveries deliveries = new Deliveries();

  @Test
  void shouldGoOnAtTheFirstLineThatIsNotAcknowledged() {
    for (long line = 1; line <= 5; line++) {
      deliveries.send(line);
    }
    deliveries.acknowledge(1);
    deliveries.acknowledge(3);
    assertThat(deliveries.report().firstUndelivered()).hasValue(2);

    deliveries.fail(4, new IllegalStateException("away"));
    assertThat(deliveries.report().firstUndelivered()).hasValue(2);

    deliveries.acknowledge(2);
    deliveries.acknowledge(5);
    assertThat(deliveries.report().firstUndelivered()).hasValue(4);
    assertThat(deliveries.report().undelivered()).isEqualTo(1);
    assertThat(deliveries.firstCause()).hasMessage("away");
  }

  @Test
  void shouldCountEveryLineOnce() {
    deliveries.passOver();
    deliveries.refuse(2, "no JSON");
    deliveries.send(3);
    deliveries.send(4);
    deliveries.acknowledge(4);

    Deliveries.Report report = deliveries.report();

    assertThat(report.records()).isEqualTo(3);
    assertThat(report.timeLines()).isEqualTo(1);
    assertThat(report.sent()).isEqualTo(2);
    assertThat(report.acknowledged() + report.undelivered()).isEqualTo(report.sent());
    assertThat(report.firstFailures()).containsExactly(new Deliveries.Failure(2, "no JSON"));
  }

  @Test
  void shouldKeepOnlyTheFirstFailuresButCountAll() {
    for (long line = 1; line <= 1_000; line++) {
      deliveries.refuse(line, "no JSON");
    }

    assertThat(deliveries.report().refused()).isEqualTo(1_000);
    assertThat(deliveries.report().firstFailures()).hasSize(Deliveries.SHOWN);
    assertThat(deliveries.report().firstUndelivered()).isEmpty();
    assertThat(deliveries.firstCause()).isNull();
  }
}
