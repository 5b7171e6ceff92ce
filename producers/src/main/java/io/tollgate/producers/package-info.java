/** Clients that send events to Tollgate. */
@NullMarked
package io.tollgate.producers;

import org.jspecify.annotations.NullMarked;
