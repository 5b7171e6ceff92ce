package io.tollgate.streams.processor;

import io.tollgate.domain.Rejection;
import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.claims.ClaimCodec;
import io.tollgate.domain.claims.ClaimRules;
import io.tollgate.domain.claims.ClaimState;
import io.tollgate.domain.effect.Effect;
import io.tollgate.events.ClaimRequested;
import io.tollgate.mapping.ClaimMapper;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.serde.EventDecodingException;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.streams.config.SourceOffset;
import io.tollgate.streams.state.StateBackend;
import io.tollgate.streams.state.StateStores;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The claims registry: who holds a phone, an identity or a card's slots, across all accounts. It
 * reads, has {@link ClaimRules} decide, stores, and answers the account that asked.
 */
public final class ClaimsProcessor implements Processor<byte[], byte[], byte[], SpecificRecord> {

  /**
   * The sink of refused requests: one of its own, because a sink that is shared merges the
   * sub-topologies.
   */
  public static final String REJECTED_CLAIMS = "rejected-claims";

  private static final String TOPIC = TopicCatalogue.CLAIM_REQUESTS.name();
  private static final Set<Schema> RECORDS = TopicCatalogue.CLAIM_REQUESTS.recordSet();

  private final Set<SourceOffset> quarantine;
  private @Nullable ProcessorContext<byte[], SpecificRecord> context;
  private @Nullable KeyValueStore<Bytes, byte[]> claims;

  ClaimsProcessor(Set<SourceOffset> quarantine) {
    this.quarantine = quarantine;
  }

  /**
   * Makes claims processors with their store.
   *
   * @param quarantine records to pass over, because they showed a fault of ours
   */
  public record Supplier(StateBackend backend, Set<SourceOffset> quarantine)
      implements ProcessorSupplier<byte[], byte[], byte[], SpecificRecord> {

    public Supplier {
      quarantine = Set.copyOf(quarantine);
    }

    @Override
    public Processor<byte[], byte[], byte[], SpecificRecord> get() {
      return new ClaimsProcessor(quarantine);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return StateStores.ofClaims(backend);
    }
  }

  @Override
  public void init(ProcessorContext<byte[], SpecificRecord> context) {
    this.context = context;
    this.claims = context.getStateStore(StateStores.CLAIMS);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata metadata = context().recordMetadata().orElseThrow();
    try {
      Rejection refused = quarantined(metadata);
      if (refused == null) {
        refused = decide(record);
      }
      if (refused != null) {
        context()
            .forward(
                RejectedRecord.of(refused, TOPIC, metadata.partition(), metadata.offset(), record),
                REJECTED_CLAIMS);
      }
    } catch (KafkaException e) {
      throw e; // Kafka's to handle
    } catch (RuntimeException e) {
      throw new RecordFaultException(TOPIC, metadata.partition(), metadata.offset(), e);
    }
  }

  private @Nullable Rejection quarantined(RecordMetadata metadata) {
    return Quarantine.find(quarantine, TOPIC, metadata.partition(), metadata.offset());
  }

  /** Null if it was decided; else why it is no request. Only accounts write here, or strangers. */
  private @Nullable Rejection decide(Record<byte[], byte[]> record) {
    if (record.value() == null) {
      return new Rejection(RejectionReason.MALFORMED, "the record has no value; claims have one");
    }
    Effect.ClaimRequested request;
    try {
      request = ClaimMapper.request((ClaimRequested) EventCodec.decode(record.value(), RECORDS));
    } catch (EventDecodingException e) {
      return new Rejection(RejectionReason.UNDECODABLE, String.valueOf(e.getMessage()));
    }
    if (!request.claimKey().startsWith(request.kind().keyOf("")) || request.accountId().isEmpty()) {
      return new Rejection(
          RejectionReason.MALFORMED, "it has no account, or its claimKey is not of its kind");
    }
    if (!Arrays.equals(request.claimKey().getBytes(StandardCharsets.UTF_8), record.key())) {
      return new Rejection(RejectionReason.MISROUTED, "the record's key is not its claimKey");
    }
    decide(request, record);
    return null;
  }

  private void decide(Effect.ClaimRequested request, Record<byte[], byte[]> record) {
    KeyValueStore<Bytes, byte[]> store = Objects.requireNonNull(claims);
    Bytes key = Bytes.wrap(record.key());
    byte[] stored = store.get(key);
    ClaimState before = stored == null ? null : ClaimCodec.decode(stored);
    ClaimRules.Verdict verdict = ClaimRules.decide(before, request);
    ClaimState after = verdict.state();
    if (after == null) {
      store.delete(key);
    } else if (!after.equals(before)) {
      store.put(key, ClaimCodec.encode(after));
    }
    if (verdict.answer() != null) {
      context()
          .forward(
              new Record<>(
                  request.accountId().getBytes(StandardCharsets.UTF_8),
                  ClaimMapper.answer(verdict.answer()),
                  record.timestamp()),
              TopicCatalogue.CLAIM_ANSWERS.name());
    }
  }

  private ProcessorContext<byte[], SpecificRecord> context() {
    return Optional.ofNullable(context).orElseThrow();
  }
}
