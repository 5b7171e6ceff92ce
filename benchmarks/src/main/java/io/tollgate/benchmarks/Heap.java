package io.tollgate.benchmarks;

/** What lives on the heap of this process. */
public final class Heap {

  private Heap() {}

  /** Bytes in use after a collection. */
  public static long usedBytes() {
    // One does not always collect all that is dead.
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
