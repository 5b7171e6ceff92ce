package io.tollgate.streams.processor;

import io.tollgate.streams.state.StateBackend;
import io.tollgate.streams.state.StateStores;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claims registry: who holds a phone, an identity or a card. Its topics and its store are part
 * of the first topology, because adding a sub-topology breaks running state; no account claims
 * anything yet, so there is nothing to grant.
 */
public final class ClaimsProcessor implements Processor<byte[], byte[], byte[], SpecificRecord> {

  private static final Logger LOG = LoggerFactory.getLogger(ClaimsProcessor.class);

  /** Makes claims processors with their store. */
  public record Supplier(StateBackend backend)
      implements ProcessorSupplier<byte[], byte[], byte[], SpecificRecord> {

    @Override
    public Processor<byte[], byte[], byte[], SpecificRecord> get() {
      return new ClaimsProcessor();
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return StateStores.ofClaims(backend);
    }
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    LOG.warn("A claim of a later release is left unanswered; it asks again after an upgrade");
  }
}
