package io.tollgate.streams.topology;

import static io.tollgate.schemas.topics.TopicCatalogue.ACCESS_POLICIES;
import static io.tollgate.schemas.topics.TopicCatalogue.CLAIM_ANSWERS;
import static io.tollgate.schemas.topics.TopicCatalogue.CLAIM_REQUESTS;
import static io.tollgate.schemas.topics.TopicCatalogue.PRICE_BOOK;
import static io.tollgate.schemas.topics.TopicCatalogue.REFERENCE;
import static io.tollgate.schemas.topics.TopicCatalogue.REJECTED_EVENTS;

import io.tollgate.schemas.serde.EventSerializer;
import io.tollgate.schemas.topics.TopicNames;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.config.SourceOffset;
import io.tollgate.streams.processor.BroadcastProcessor;
import io.tollgate.streams.processor.ClaimsProcessor;
import io.tollgate.streams.state.StateBackend;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/**
 * The registry topology, an application of its own because it must outlive every reset of the
 * account topology. Two sub-topologies that share nothing: prices and policies to every partition,
 * and the claims of phones, identities and cards.
 */
public final class RegistryTopology implements Supplier<Topology> {

  private static final String BROADCAST = "broadcast";
  private static final String CLAIMS = "claims-registry";

  private final TopicNames names;
  private final StateBackend backend;
  private final Set<SourceOffset> quarantine;

  public RegistryTopology(TopicNames names, StateBackend backend, Set<SourceOffset> quarantine) {
    this.names = names;
    this.backend = backend;
    this.quarantine = quarantine;
  }

  @Override
  public Topology get() {
    Topology topology = new Topology();
    addSource(topology, PRICE_BOOK);
    addSource(topology, ACCESS_POLICIES);
    topology.addProcessor(
        BROADCAST,
        () -> new BroadcastProcessor(names, quarantine),
        Names.source(PRICE_BOOK),
        Names.source(ACCESS_POLICIES));
    topology.addSink(
        REFERENCE.name(),
        names.full(REFERENCE),
        new ByteArraySerializer(),
        new EventSerializer<>(),
        new BroadcastPartitioner(),
        BROADCAST);
    topology.addSink(
        REJECTED_EVENTS.name(),
        names.full(REJECTED_EVENTS),
        new ByteArraySerializer(),
        new EventSerializer<>(),
        new RejectionPartitioner(),
        BROADCAST);
    addSource(topology, CLAIM_REQUESTS);
    topology.addProcessor(
        CLAIMS, new ClaimsProcessor.Supplier(backend, quarantine), Names.source(CLAIM_REQUESTS));
    topology.addSink(
        CLAIM_ANSWERS.name(),
        names.full(CLAIM_ANSWERS),
        new ByteArraySerializer(),
        new EventSerializer<>(),
        CLAIMS);
    topology.addSink(
        ClaimsProcessor.REJECTED_CLAIMS,
        names.full(REJECTED_EVENTS),
        new ByteArraySerializer(),
        new EventSerializer<>(),
        new RejectionPartitioner(),
        CLAIMS);
    return topology;
  }

  private void addSource(Topology topology, TopicSpec source) {
    topology.addSource(
        Names.source(source),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        names.full(source));
  }
}
