/** The access gate: whether a call may go ahead, decided inside the gateway. */
@NullMarked
package io.tollgate.consumers.gate;

import org.jspecify.annotations.NullMarked;
