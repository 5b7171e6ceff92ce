/** The pipeline in one process, with virtual time and no broker. */
@NullMarked
package io.tollgate.simulator;

import org.jspecify.annotations.NullMarked;
