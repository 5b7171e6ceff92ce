package io.tollgate.consumers;

import io.tollgate.events.BalanceAlert;

/** The program of the README's section on alerts. */
final class PrintAlerts {

  private PrintAlerts() {}

  static void run(String brokers) throws InterruptedException {
    // snippet:alerts
    try (EventConsumer alerts =
        EventConsumer.of(ConsumerSettings.of(brokers, "alert-printer"))
            .on(BalanceAlert.class, alert -> System.out.println(alert.getDetail()))
            .start()) {
      alerts.awaitTermination();
    }
    // end
  }
}
