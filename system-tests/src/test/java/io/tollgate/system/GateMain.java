package io.tollgate.system;

import io.tollgate.consumers.gate.AccessGate;
import io.tollgate.consumers.gate.GateSettings;
import io.tollgate.consumers.gate.ModelCall;
import io.tollgate.domain.event.Quantities;
import io.tollgate.producers.TollgateProducers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A gateway with a gate as a process of its own, so that a test can kill it: brokers, account, what
 * a lease asks for, how long it lasts. It opens one call, says how that was decided, and waits for
 * its end.
 */
final class GateMain {

  private GateMain() {}

  public static void main(String[] args) throws Exception {
    GateSettings settings =
        GateSettings.of(args[0], "killed")
            .withLeases(Long.parseLong(args[2]), Duration.parse(args[3]), Duration.ofMillis(500))
            .withPatience(Duration.ofMinutes(1));
    AccessGate gate = AccessGate.start(settings, TollgateProducers.connect(args[0]));
    ModelCall call =
        new ModelCall(
            args[1], Events.MODEL, List.of(), "standard", new Quantities(1, 0, 0, 0, Map.of()));
    System.out.println(gate.open(call).isAllowed() ? "allowed" : "denied");
    new CountDownLatch(1).await();
  }
}
