package io.tollgate.embedded;

import java.util.concurrent.CompletableFuture;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports faults of the broker to a future. Kafka's own handler ends the process on a fatal fault,
 * which inside somebody else's JVM is not the broker's to decide.
 */
final class FaultRecorder implements FaultHandlerFactory {

  private static final Logger LOG = LoggerFactory.getLogger(FaultRecorder.class);

  private final CompletableFuture<Void> termination;

  /**
   * @param termination completed exceptionally by the first fatal fault
   */
  FaultRecorder(CompletableFuture<Void> termination) {
    this.termination = termination;
  }

  @Override
  public FaultHandler build(String name, boolean fatal, Runnable action) {
    return new FaultHandler() {
      @Override
      public RuntimeException handleFault(String message, @Nullable Throwable cause) {
        LOG.error("{} fault in {}: {}", fatal ? "Fatal" : "Non-fatal", name, message, cause);
        action.run();
        EmbeddedKafkaException fault = new EmbeddedKafkaException(name + ": " + message, cause);
        if (fatal) {
          termination.completeExceptionally(fault);
        }
        return fault;
      }
    };
  }
}
