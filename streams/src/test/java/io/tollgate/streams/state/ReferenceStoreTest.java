package io.tollgate.streams.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.domain.rating.Reference;
import io.tollgate.events.ModelPrices;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.streams.fixture.Events;
import io.tollgate.streams.fixture.HeapStores;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceStoreTest {

  private static final String PRICES = TopicCatalogue.PRICE_BOOK.name();
  private static final String POLICIES = TopicCatalogue.ACCESS_POLICIES.name();
  private static final List<String> MODELS = List.of("a", "b", "c", "d/e", "price-book/a", "");
  private static final List<String> NAMES = List.of("a", "b", "c", "x", "y", "d/e", "");

  private final KeyValueStore<Bytes, byte[]> store = HeapStores.create(StateStores.REFERENCE);
  private final ReferenceStore reference = new ReferenceStore(store);

  private void publish(ModelPrices prices) {
    reference.put(ReferenceStore.key(PRICES, prices.getModel()), EventCodec.encode(prices));
  }

  private void publishPolicy(String model) {
    reference.put(ReferenceStore.key(POLICIES, model), EventCodec.encode(Events.policy(model)));
  }

  private static void assertSame(Reference actual, Reference expected) {
    for (String name : NAMES) {
      assertThat(actual.resolve(name)).isEqualTo(expected.resolve(name));
      assertThat(actual.requirements(name, List.of(), 0))
          .isEqualTo(expected.requirements(name, List.of(), 0));
    }
    for (String model : MODELS) {
      assertThat(actual.prices(model)).isEqualTo(expected.prices(model));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shouldBeTheSameAfterAReload(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 400; i++) {
      String model = MODELS.get(random.nextInt(MODELS.size()));
      switch (random.nextInt(4)) {
        case 0 -> publishPolicy(model);
        case 1 -> {
          String topic = random.nextBoolean() ? PRICES : POLICIES;
          reference.put(ReferenceStore.key(topic, model), null);
        }
        default -> {
          String alias = NAMES.get(random.nextInt(NAMES.size()));
          publish(Events.prices(model, 1 + random.nextInt(100), alias, "y"));
        }
      }
      assertSame(new ReferenceStore(store).reference(), reference.reference());
    }
  }

  @Test
  void shouldReplacePricesAndAliasesWhole() {
    publish(Events.prices("a", 1, "old"));
    publish(Events.prices("a", 2, "new"));

    assertThat(reference.reference().resolve("new")).isEqualTo("a");
    assertThat(reference.reference().resolve("old")).isEqualTo("old");
    assertThat(HeapStores.count(store)).isEqualTo(1);
  }

  @Test
  void shouldForgetPricesAndAliasesByATombstone() {
    publish(Events.prices("a", 1, "x"));
    publishPolicy("a");
    reference.put(ReferenceStore.key(PRICES, "a"), null);

    assertThat(reference.reference().prices("a")).isNull();
    assertThat(reference.reference().resolve("x")).isEqualTo("x");
    assertThat(reference.reference().requirements("a", List.of(), 0))
        .as("the policy has a key of its own")
        .hasSize(1);

    reference.put(ReferenceStore.key(POLICIES, "a"), null);
    assertThat(reference.reference().requirements("a", List.of(), 0)).isEmpty();
    assertThat(HeapStores.count(store)).isZero();
  }

  @Test
  void shouldLeaveAnAliasToTheOtherModelThatHasIt() {
    publish(Events.prices("b", 1, "x"));
    publish(Events.prices("a", 1, "x"));
    assertThat(reference.reference().resolve("x")).isEqualTo("a");

    reference.put(ReferenceStore.key(PRICES, "a"), null);

    assertThat(reference.reference().resolve("x")).isEqualTo("b");
    assertThat(new ReferenceStore(store).reference().resolve("x")).isEqualTo("b");
  }

  @Test
  void shouldRefuseWhatIsNoReferenceData() {
    byte[] tick = EventCodec.encode(Events.tick(Events.START));

    assertThatThrownBy(() -> reference.put(ReferenceStore.key(PRICES, "a"), tick))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ClockTick");
    assertThat(HeapStores.count(store)).isZero();
  }
}
