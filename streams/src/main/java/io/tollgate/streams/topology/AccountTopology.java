package io.tollgate.streams.topology;

import static io.tollgate.schemas.topics.TopicCatalogue.ACCOUNT_ACCESS;
import static io.tollgate.schemas.topics.TopicCatalogue.ACCOUNT_BALANCES;
import static io.tollgate.schemas.topics.TopicCatalogue.ACCOUNT_EVENTS;
import static io.tollgate.schemas.topics.TopicCatalogue.AUTHORIZATION_DECISIONS;
import static io.tollgate.schemas.topics.TopicCatalogue.AUTHORIZATION_REQUESTS;
import static io.tollgate.schemas.topics.TopicCatalogue.BALANCE_ALERTS;
import static io.tollgate.schemas.topics.TopicCatalogue.BLOCKED_USAGE;
import static io.tollgate.schemas.topics.TopicCatalogue.CLAIM_ANSWERS;
import static io.tollgate.schemas.topics.TopicCatalogue.CLAIM_REQUESTS;
import static io.tollgate.schemas.topics.TopicCatalogue.CLOCK;
import static io.tollgate.schemas.topics.TopicCatalogue.CREDIT_NOTICES;
import static io.tollgate.schemas.topics.TopicCatalogue.LEDGER_ENTRIES;
import static io.tollgate.schemas.topics.TopicCatalogue.PAYMENT_EVENTS;
import static io.tollgate.schemas.topics.TopicCatalogue.RECHARGE_REQUESTS;
import static io.tollgate.schemas.topics.TopicCatalogue.REFERENCE;
import static io.tollgate.schemas.topics.TopicCatalogue.REJECTED_EVENTS;
import static io.tollgate.schemas.topics.TopicCatalogue.USAGE_EVENTS;

import io.tollgate.schemas.serde.EventSerializer;
import io.tollgate.schemas.topics.TopicNames;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.processor.AccountProcessorSupplier;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/**
 * The account topology: every input of accounts, one processor, every output; one sub-topology and
 * no repartition, so that deduplication, balance, ledger and triggers share one transaction.
 *
 * <p>Nodes are named like their topics without prefix; sources end in {@code -source}.
 */
public final class AccountTopology implements Supplier<Topology> {

  /** The one processor. */
  public static final String PROCESSOR = "account";

  private static final List<TopicSpec> SOURCES =
      List.of(
          USAGE_EVENTS,
          AUTHORIZATION_REQUESTS,
          PAYMENT_EVENTS,
          ACCOUNT_EVENTS,
          CLAIM_ANSWERS,
          REFERENCE,
          CLOCK);

  private static final List<TopicSpec> SINKS =
      List.of(
          LEDGER_ENTRIES,
          ACCOUNT_BALANCES,
          ACCOUNT_ACCESS,
          BALANCE_ALERTS,
          RECHARGE_REQUESTS,
          AUTHORIZATION_DECISIONS,
          BLOCKED_USAGE,
          CREDIT_NOTICES,
          CLAIM_REQUESTS);

  private final TopicNames names;
  private final AccountProcessorSupplier processors;

  public AccountTopology(TopicNames names, AccountProcessorSupplier processors) {
    this.names = names;
    this.processors = processors;
  }

  @Override
  public Topology get() {
    Topology topology = new Topology();
    for (TopicSpec source : SOURCES) {
      topology.addSource(
          Names.source(source),
          new ByteArrayDeserializer(),
          new ByteArrayDeserializer(),
          names.full(source));
    }
    topology.addProcessor(
        PROCESSOR, processors, SOURCES.stream().map(Names::source).toArray(String[]::new));
    for (TopicSpec sink : SINKS) {
      topology.addSink(
          sink.name(),
          names.full(sink),
          new ByteArraySerializer(),
          new EventSerializer<>(),
          PROCESSOR);
    }
    topology.addSink(
        REJECTED_EVENTS.name(),
        names.full(REJECTED_EVENTS),
        new ByteArraySerializer(),
        new EventSerializer<>(),
        new RejectionPartitioner(),
        PROCESSOR);
    return topology;
  }
}
