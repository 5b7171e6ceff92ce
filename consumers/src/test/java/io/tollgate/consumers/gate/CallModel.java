package io.tollgate.consumers.gate;

import io.tollgate.events.UsageEvent;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The lines of the guide on the access gate. */
final class CallModel {

  private CallModel() {}

  /**
   * Calls a model if the gate allows it.
   *
   * @param model asks the model, and returns what that used
   * @return "ok", or why it was not called
   */
  static @Nullable String call(AccessGate gate, ModelCall call, Callable<UsageEvent.Builder> model)
      throws Exception {
    // snippet:call
    GatewayCall opened = gate.open(call);
    if (!opened.isAllowed()) {
      return opened.decision().remedy();
    }
    UsageEvent.Builder usage = model.call();
    opened.settle(usage).join();
    return "ok";
    // end
  }
}
