package io.tollgate.streams.processor;

import io.tollgate.streams.state.StateBackend;
import io.tollgate.streams.state.StateStores;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** Makes account processors, each with the stores that it alone uses. */
public final class AccountProcessorSupplier
    implements ProcessorSupplier<byte[], byte[], byte[], SpecificRecord> {

  private final TaskSettings settings;
  private final StateBackend backend;
  private final TaskListener listener;

  public AccountProcessorSupplier(
      TaskSettings settings, StateBackend backend, TaskListener listener) {
    this.settings = settings;
    this.backend = backend;
    this.listener = listener;
  }

  @Override
  public Processor<byte[], byte[], byte[], SpecificRecord> get() {
    return new AccountProcessor(settings, listener);
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    return StateStores.ofAccounts(backend);
  }
}
