package io.tollgate.cli;

import io.tollgate.streams.app.Pipeline;
import io.tollgate.streams.app.PipelineFault;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Waits for the end of a pipeline in a thread of its own, and passes the news on. */
public final class PipelineWatch implements AutoCloseable {

  private final AtomicReference<@Nullable PipelineFault> fault = new AtomicReference<>();
  private final Pipeline pipeline;
  private final StopSignal stop;
  private final Thread thread;

  private PipelineWatch(Pipeline pipeline, StopSignal stop) {
    this.pipeline = pipeline;
    this.stop = stop;
    this.thread = new Thread(this::watch, "tollgate-pipeline-watch");
    thread.setDaemon(true);
  }

  /** Asks the command to end when the pipeline does. */
  public static PipelineWatch of(Pipeline pipeline, StopSignal stop) {
    PipelineWatch watch = new PipelineWatch(pipeline, stop);
    watch.thread.start();
    return watch;
  }

  /** What stopped the pipeline; empty while it runs, and when it was closed. */
  public Optional<PipelineFault> fault() {
    return Optional.ofNullable(fault.get());
  }

  private void watch() {
    try {
      pipeline.awaitEnd().ifPresent(fault::set);
      stop.request();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
