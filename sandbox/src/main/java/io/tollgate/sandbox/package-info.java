/** Tollgate without a cluster: demo and simulate. */
@NullMarked
package io.tollgate.sandbox;

import org.jspecify.annotations.NullMarked;
