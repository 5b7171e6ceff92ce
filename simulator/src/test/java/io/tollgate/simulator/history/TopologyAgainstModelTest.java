package io.tollgate.simulator.history;

import io.tollgate.domain.RuleSettings;
import io.tollgate.simulator.LineParser;
import io.tollgate.simulator.OutputRecord;
import io.tollgate.simulator.Simulator;
import io.tollgate.streams.config.DeclineFile;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The topology does what the model does, for everything that this release has rules for. */
class TopologyAgainstModelTest extends AgainstModelContract {

  @Override
  List<List<String>> simulate(List<String> inputLines) {
    try (Simulator simulator = new Simulator(RuleSettings.defaults(DeclineFile.shipped()))) {
      List<List<String>> outputs = new ArrayList<>();
      for (String line : inputLines) {
        outputs.add(print(simulator.step(LineParser.parse(line))));
      }
      outputs.add(print(simulator.balances()));
      return outputs;
    }
  }

  private static List<String> print(List<OutputRecord> records) {
    return records.stream().map(record -> record.toJson().toString()).toList();
  }

  @Override
  Set<Feature> features() {
    Set<Feature> features = EnumSet.copyOf(Feature.mainJob());
    features.add(Feature.DECLINES);
    features.add(Feature.REVERSALS);
    features.add(Feature.REFUND_DECISIONS);
    features.add(Feature.AUTHORIZATIONS);
    return features;
  }

  @Override
  Set<String> ignoredTypes() {
    return Set.of();
  }
}
