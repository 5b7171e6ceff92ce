package io.tollgate.streams.state;

/** Where a task keeps its stores; the changelog topics are the same either way. */
public enum StateBackend {
  /** On the heap: fastest, restored from the changelog at every start. */
  MEMORY,
  /** In RocksDB under the state directory: larger than memory, kept over clean restarts. */
  ROCKSDB
}
