package io.tollgate.simulator.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.simulator.model.Options;
import io.tollgate.simulator.model.ReferenceModel;
import java.util.ArrayList;
import java.util.List;

/**
 * The reference model run over a whole history: the output of each line, and at last the final
 * balances.
 */
public final class ModelRun {
  private ModelRun() {}

  public static List<List<ObjectNode>> outputsOf(List<ObjectNode> history, Options options) {
    ReferenceModel model = new ReferenceModel(options);
    List<List<ObjectNode>> outputs = new ArrayList<>();
    for (ObjectNode line : history) {
      outputs.add(model.apply(line));
    }
    outputs.add(model.finish());
    return outputs;
  }

  /** Checks the invariants over the outputs of a history. */
  public static void checkInvariants(List<ObjectNode> history, List<List<ObjectNode>> outputs) {
    Invariants invariants = new Invariants();
    for (int i = 0; i < history.size(); i++) {
      invariants.check(history.get(i), outputs.get(i));
    }
    invariants.checkFinal(outputs.get(history.size()));
  }
}
