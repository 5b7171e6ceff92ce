/** Benchmarks that stand beside what they measure, because users of the gate never see that. */
@NullMarked
package io.tollgate.consumers.gate;

import org.jspecify.annotations.NullMarked;
