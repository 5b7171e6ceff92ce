package io.tollgate.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.event.AccountEvent;
import io.tollgate.domain.event.AccountEvent.AuthorizationPurpose;
import io.tollgate.domain.event.AccountEvent.BuyerType;
import io.tollgate.domain.event.AccountEvent.Completion;
import io.tollgate.domain.event.AccountEvent.DisputeStatus;
import io.tollgate.domain.event.AccountEvent.GrantKind;
import io.tollgate.domain.event.AccountEvent.RefundBasis;
import io.tollgate.domain.event.AccountEvent.RefundStatus;
import io.tollgate.domain.event.AccountEvent.SpendLimitEnforcement;
import io.tollgate.domain.event.AccountEvent.SpendLimitScope;
import io.tollgate.domain.event.AccountEvent.UsageSource;
import io.tollgate.domain.event.AccountEvent.VerificationStatus;
import io.tollgate.domain.rating.AccessPolicy;
import io.tollgate.domain.rating.ModelPrices;
import io.tollgate.events.ModelAccessPolicy;
import io.tollgate.events.UsageEvent;
import io.tollgate.schemas.EventTypes;
import io.tollgate.schemas.TrustedTypes;
import io.tollgate.schemas.serde.EventCodec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventMapperTest {

  static {
    TrustedTypes.trust();
  }

  /** The domain's types are named like the records that they are made of. */
  private static final Set<String> KNOWN =
      Arrays.stream(AccountEvent.class.getPermittedSubclasses())
          .map(Class::getSimpleName)
          .collect(Collectors.toUnmodifiableSet());

  @BeforeAll
  static void trustRecords() {
    TrustedTypes.trust();
  }

  @ParameterizedTest
  @MethodSource("knownSchemas")
  void shouldKeepEveryField(Schema schema) {
    for (int round = 0; round < DistinctValues.ROUNDS; round++) {
      SpecificRecord record = new DistinctValues(round).avro(schema);

      AccountEvent event = EventMapper.accountEvent(record).orElseThrow();

      assertThat(event.getClass().getSimpleName()).isEqualTo(schema.getName());
      assertThat(withQuantitiesBeside(FieldTree.of(event)))
          .isEqualTo(withDomainNames(FieldTree.of(record)));
    }
  }

  @ParameterizedTest
  @MethodSource("knownSchemas")
  void shouldMapWhatComesFromTheWire(Schema schema) {
    SpecificRecord record = new DistinctValues(1).avro(schema);

    SpecificRecord decoded = EventCodec.decode(EventCodec.encode(record), Set.of(schema));

    assertThat(EventMapper.accountEvent(decoded)).isEqualTo(EventMapper.accountEvent(record));
  }

  static Stream<Schema> knownSchemas() {
    return KNOWN.stream().map(name -> EventTypes.named(name).orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("unknownSchemas")
  void shouldBeEmptyForWhatTheRulesDoNotKnow(Schema schema) {
    assertThat(EventMapper.accountEvent(new DistinctValues(0).avro(schema))).isEmpty();
  }

  static Stream<Schema> unknownSchemas() {
    return EventTypes.all().stream().filter(schema -> !KNOWN.contains(schema.getName()));
  }

  @Test
  void shouldKeepUsageWithoutListsAndUnits() {
    UsageEvent usage =
        UsageEvent.newBuilder().setEventId("e").setAccountId("a").setModel("m").build();

    AccountEvent.UsageEvent event =
        (AccountEvent.UsageEvent) EventMapper.accountEvent(usage).orElseThrow();

    assertThat(event.capabilities()).isEmpty();
    assertThat(event.quantities().otherUnits()).isEmpty();
    assertThat(event.serviceTier()).isEqualTo("standard");
  }

  @Test
  void shouldKeepPrices() {
    for (int round = 0; round < DistinctValues.ROUNDS; round++) {
      io.tollgate.events.ModelPrices record =
          (io.tollgate.events.ModelPrices)
              new DistinctValues(round).avro(io.tollgate.events.ModelPrices.getClassSchema());

      ModelPrices prices = EventMapper.modelPrices(record);

      Map<String, @Nullable Object> expected = FieldTree.of(record);
      expected.keySet().removeAll(List.of("publishedAt", "version"));
      assertThat(FieldTree.of(prices)).isEqualTo(expected);
    }
  }

  @Test
  void shouldKeepAccessPolicies() {
    for (int round = 0; round < DistinctValues.ROUNDS; round++) {
      ModelAccessPolicy record =
          (ModelAccessPolicy) new DistinctValues(round).avro(ModelAccessPolicy.getClassSchema());

      AccessPolicy policy = EventMapper.accessPolicy(record);

      Map<String, @Nullable Object> expected = FieldTree.of(record);
      expected.remove("version");
      for (Object requirement : (List<?>) expected.getOrDefault("requirements", List.of())) {
        ((Map<?, ?>) requirement).remove("requires");
      }
      assertThat(FieldTree.of(policy)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("enums")
  void shouldHaveTheSameConstantsOnBothSides(Class<? extends Enum<?>> domain, String avro)
      throws ClassNotFoundException {
    assertThat(names(Class.forName("io.tollgate.events." + avro))).isEqualTo(names(domain));
  }

  static Stream<Arguments> enums() {
    return Stream.<Class<?>>of(
            Completion.class,
            UsageSource.class,
            BuyerType.class,
            AuthorizationPurpose.class,
            VerificationStatus.class,
            SpendLimitScope.class,
            SpendLimitEnforcement.class,
            GrantKind.class,
            RefundStatus.class,
            DisputeStatus.class,
            RefundBasis.class)
        .map(type -> Arguments.of(type, type.getSimpleName()));
  }

  @Test
  void shouldFillEveryPairOfBooleansDifferently() {
    // Guards the generator: without it, two swapped booleans would go unseen.
    List<List<Object>> booleans =
        IntStream.range(0, DistinctValues.ROUNDS)
            .mapToObj(
                round -> {
                  SortedMap<String, @Nullable Object> fields =
                      FieldTree.of(
                          new DistinctValues(round)
                              .avro(EventTypes.named("AccountAccess").orElseThrow()));
                  return List.of(
                      fields.getOrDefault("verified", ""),
                      fields.getOrDefault("spendLimitReached", ""));
                })
            .toList();

    assertThat(booleans)
        .anySatisfy(pair -> assertThat(pair.get(0)).isNotEqualTo(pair.get(1)))
        .anySatisfy(pair -> assertThat(pair).contains(true))
        .anySatisfy(pair -> assertThat(pair).contains(false));
  }

  static Set<String> names(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> ((Enum<?>) constant).name())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Map<String, @Nullable Object> withDomainNames(
      SortedMap<String, @Nullable Object> fields) {
    for (String ownTime :
        List.of("openedAt", "requestedAt", "releasedAt", "verifiedAt", "answeredAt")) {
      if (fields.containsKey(ownTime)) {
        fields.put("occurredAt", fields.remove(ownTime));
      }
    }
    return fields;
  }

  private static Map<String, @Nullable Object> withQuantitiesBeside(
      SortedMap<String, @Nullable Object> fields) {
    if (fields.remove("quantities") instanceof Map<?, ?> quantities) {
      quantities.forEach((name, quantity) -> fields.put((String) name, quantity));
    }
    return fields;
  }
}
