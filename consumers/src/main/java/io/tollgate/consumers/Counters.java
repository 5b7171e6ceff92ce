package io.tollgate.consumers;

import java.util.concurrent.atomic.LongAdder;

/** Counts of what became of records. */
final class Counters {

  final LongAdder handled = new LongAdder();
  final LongAdder retried = new LongAdder();
  final LongAdder deadLettered = new LongAdder();
}
