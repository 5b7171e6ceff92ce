/** What a check and a decision take, measured with JMH. */
@NullMarked
package io.tollgate.benchmarks;

import org.jspecify.annotations.NullMarked;
