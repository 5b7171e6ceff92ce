package io.tollgate.streams.processor;

import static io.tollgate.schemas.topics.TopicCatalogue.ACCESS_POLICIES;
import static io.tollgate.schemas.topics.TopicCatalogue.PRICE_BOOK;
import static io.tollgate.schemas.topics.TopicCatalogue.REFERENCE;
import static io.tollgate.schemas.topics.TopicCatalogue.REJECTED_EVENTS;
import static io.tollgate.streams.fixture.Events.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.events.ModelPrices;
import io.tollgate.events.RejectedEvent;
import io.tollgate.events.RejectionReason;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.streams.fixture.Accounts;
import io.tollgate.streams.fixture.Events;
import io.tollgate.streams.fixture.Output;
import io.tollgate.streams.fixture.TopologyDriver;
import io.tollgate.streams.state.StateBackend;
import io.tollgate.streams.topology.RegistryTopology;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prices and policies on their way to the account tasks. */
class BroadcastProcessorTest {

  @TempDir Path stateDirectory;
  private TopologyDriver registry;

  @BeforeEach
  void start() {
    registry =
        new TopologyDriver(
            new RegistryTopology(Accounts.NAMES, StateBackend.MEMORY, Set.of()),
            Accounts.NAMES,
            stateDirectory);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void shouldPassOnPricesAndPoliciesUnderTheirSourceWithItsTime() {
    Instant published = START.plusSeconds(77);
    ModelPrices prices = Events.prices("m", 5, "alias");
    registry
        .at(published)
        .add(PRICE_BOOK, prices)
        .at(START)
        .add(ACCESS_POLICIES, Events.policy("m"));

    List<Output> copies = registry.read(REFERENCE);
    assertThat(copies).extracting(Output::key).containsExactly("price-book/m", "access-policies/m");
    assertThat(copies).extracting(Output::time).containsExactly(published, START);
    assertThat(copies.get(0).value()).isEqualTo(prices);
    assertThat(copies.get(1).value()).isEqualTo(Events.policy("m"));
    assertThat(registry.read(REJECTED_EVENTS)).isEmpty();
  }

  @Test
  void shouldPassOnTombstones() {
    registry.add(PRICE_BOOK, "m", null).add(ACCESS_POLICIES, "m", null);

    assertThat(registry.read(REFERENCE))
        .extracting(Output::key, Output::value)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("price-book/m", null),
            org.assertj.core.groups.Tuple.tuple("access-policies/m", null));
  }

  @Test
  void shouldNotForwardHeaders() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("traceparent", new byte[] {1});
    byte[] key = "m".getBytes(StandardCharsets.UTF_8);
    registry
        .addBytes(PRICE_BOOK, key, EventCodec.encode(Events.prices("m")), headers)
        .addBytes(PRICE_BOOK, key, new byte[] {1}, headers);

    assertThat(registry.read(REFERENCE)).hasSize(1);
    assertThat(registry.read(REJECTED_EVENTS))
        .singleElement()
        .satisfies(rejected -> assertThat(rejected.headers().toArray()).isEmpty());
  }

  @Test
  void shouldRejectPricesUnderAnotherModelsKey() {
    registry.add(PRICE_BOOK, "other", Events.prices("m"));

    Output rejected = registry.read(REJECTED_EVENTS).get(0);
    assertThat(rejected.key()).isEqualTo("other");
    assertThat(rejected.as(RejectedEvent.class).getReason()).isEqualTo(RejectionReason.MISROUTED);
    assertThat(registry.read(REFERENCE)).isEmpty();
  }

  @Test
  void shouldRejectATombstoneWithoutKey() {
    registry.addBytes(PRICE_BOOK, null, null);

    RejectedEvent rejected = registry.read(REJECTED_EVENTS, RejectedEvent.class).get(0);
    assertThat(rejected.getReason()).isEqualTo(RejectionReason.MALFORMED);
    assertThat(rejected.getSourceTopic()).isEqualTo("price-book");
    assertThat(registry.read(REFERENCE)).isEmpty();
  }

  @Test
  void shouldRejectPricesAmongPolicies() {
    registry.add(ACCESS_POLICIES, Events.prices("m"));

    RejectedEvent rejected = registry.read(REJECTED_EVENTS, RejectedEvent.class).get(0);
    assertThat(rejected.getReason()).isEqualTo(RejectionReason.UNDECODABLE);
    assertThat(rejected.getSourceTopic()).isEqualTo("access-policies");
  }
}
