package io.tollgate.streams.app;

import io.tollgate.streams.processor.RecordFaultException;
import io.tollgate.streams.state.OffsetsWentBackException;
import io.tollgate.streams.state.PartitionCountChangedException;

/**
 * Why a pipeline stopped by itself.
 *
 * @param exitCode what the process ends with
 * @param message what happened and what to do, in a sentence or two
 */
public record PipelineFault(int exitCode, String message, Throwable cause) {

  /** Something that nobody foresaw. */
  public static final int UNEXPECTED = 10;

  /** An input record came again that had been applied. */
  public static final int OFFSETS_WENT_BACK = 11;

  /** The topics' partition count is not the state's. */
  public static final int PARTITION_COUNT_CHANGED = 12;

  /** The fault behind what a stream thread died of. */
  static PipelineFault of(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof OffsetsWentBackException) {
        return new PipelineFault(OFFSETS_WENT_BACK, message(t), thrown);
      }
      if (t instanceof PartitionCountChangedException) {
        return new PipelineFault(PARTITION_COUNT_CHANGED, message(t), thrown);
      }
      if (t instanceof RecordFaultException) {
        return new PipelineFault(UNEXPECTED, message(t) + " Cause: " + t.getCause(), thrown);
      }
    }
    return new PipelineFault(UNEXPECTED, "The pipeline stopped: " + thrown, thrown);
  }

  private static String message(Throwable thrown) {
    return String.valueOf(thrown.getMessage());
  }
}
