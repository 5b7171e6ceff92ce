package io.tollgate.simulator.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.domain.RuleSettings;
import io.tollgate.simulator.LineParser;
import io.tollgate.simulator.OutputRecord;
import io.tollgate.simulator.Simulator;
import io.tollgate.simulator.model.ModelOptions;
import io.tollgate.streams.config.DeclineFile;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

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
    features.add(Feature.TRIALS);
    features.add(Feature.IDENTITY_CLAIMS);
    features.add(Feature.SPEND_LIMITS);
    return features;
  }

  @Override
  Set<String> ignoredTypes() {
    return Set.of();
  }

  /** A recharge is paid by money that has expired: the next asks its card before that is gone. */
  @Test
  void shouldHearOfACardBeforeWhatTheSameInstantMakesDue() {
    String now = "2026-03-10T00:00:00.000Z";
    ObjectNode card = Events.purchase("p1", "acme", now, 1_000_000_000L);
    card.put("cardFingerprint", "card");
    ObjectNode configured =
        Events.recharge("acme", now, true, 10_000_000_000L, 20_000_000_000L, null);
    ObjectNode expired = Events.purchase("p2", "acme", "2025-03-01T00:00:00.000Z", 5_000_000_000L);
    expired.put("rechargeId", "acme:1");
    List<ObjectNode> history =
        List.of(
            Lines.record("payment-events", "PaymentSucceeded", "acme", now, card),
            Lines.record("account-events", "AutoRechargeConfigured", "acme", now, configured),
            Lines.record("payment-events", "PaymentSucceeded", "acme", now, expired));

    assertThat(
            new AgainstModel(
                    this::simulate, features(), ignoredTypes(), ModelOptions.fromResources())
                .failureOf(history))
        .isNull();
  }
}
