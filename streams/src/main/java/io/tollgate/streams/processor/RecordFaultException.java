package io.tollgate.streams.processor;

/** A fault of ours that one record brought out: it names the record and the way around it. */
public final class RecordFaultException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RecordFaultException(String topic, int partition, long offset, RuntimeException cause) {
    super(
        ("Tollgate failed on the record at %1$s:%2$d:%3$d. This is a fault of Tollgate, and nothing"
                + " of the record was applied. To pass over exactly this record and go on, add"
                + " %1$s:%2$d:%3$d to the setting quarantine.")
            .formatted(topic, partition, offset),
        cause);
  }
}
