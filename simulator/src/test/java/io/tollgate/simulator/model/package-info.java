/**
 * A naive reference model of the contract: one thread, maps and lists, no code shared with the
 * product.
 */
@NullMarked
package io.tollgate.simulator.model;

import org.jspecify.annotations.NullMarked;
