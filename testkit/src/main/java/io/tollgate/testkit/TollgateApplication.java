package io.tollgate.testkit;

import io.tollgate.domain.account.AccountRules;
import io.tollgate.events.AccountBalance;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.Direction;
import io.tollgate.schemas.topics.TopicNames;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.simulator.OutputRecord;
import io.tollgate.simulator.Simulator;
import io.tollgate.simulator.SimulatorInput;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Tollgate itself: accounts, and the registry with its answers. */
final class TollgateApplication implements Application {

  private final Simulator simulator;
  private final TopicNames names;

  TollgateApplication(Simulator simulator, TopicNames names) {
    this.simulator = simulator;
    this.names = names;
  }

  @Override
  public boolean reads(Message message) {
    return message.spec() != null && message.spec().direction() == Direction.IN;
  }

  @Override
  public List<Message> process(Message message) {
    TopicSpec topic = Objects.requireNonNull(message.spec());
    return step(
        new SimulatorInput.Arrival(
            topic.name(), message.time().toEpochMilli(), message.key(), message.value(), null));
  }

  @Override
  public Instant nextDue() {
    long due = simulator.nextDeadline();
    return due == AccountRules.NOTHING_DUE ? Instant.MAX : Instant.ofEpochMilli(due);
  }

  @Override
  public List<Message> advanceTo(Instant time) {
    return step(new SimulatorInput.Advance(time.toEpochMilli()));
  }

  /** The balance of an account as it is now. */
  Optional<AccountBalance> balance(String account) {
    return simulator.balances().stream()
        .filter(balance -> account.equals(balance.key()))
        .map(balance -> (AccountBalance) Objects.requireNonNull(balance.value()))
        .findFirst();
  }

  private List<Message> step(SimulatorInput input) {
    return simulator.step(input).stream().map(this::message).toList();
  }

  private Message message(OutputRecord record) {
    return Message.of(
        names,
        names.full(record.topic()),
        Instant.ofEpochMilli(record.timestamp()),
        record.keyBytes(),
        record.value() == null ? null : EventCodec.encode(record.value()),
        new RecordHeaders());
  }

  @Override
  public void close() {
    simulator.close();
  }
}
