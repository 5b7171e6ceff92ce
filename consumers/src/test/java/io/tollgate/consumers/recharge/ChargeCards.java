package io.tollgate.consumers.recharge;

import io.tollgate.consumers.ConsumerSettings;
import io.tollgate.producers.EventProducer;
import io.tollgate.producers.ProducerSettings;

/** The program of the guide's section on recharges. */
final class ChargeCards {

  private ChargeCards() {}

  static void run(String brokers, CardCharger charger) {
    // snippet:recharges
    ConsumerSettings settings = ConsumerSettings.of(brokers, "recharges").withThreads(16);
    try (EventProducer payments = new EventProducer(ProducerSettings.of(brokers));
        RechargeExecutor recharges = RechargeExecutor.start(settings, payments, charger)) {
      recharges.awaitTermination();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // end
  }
}
