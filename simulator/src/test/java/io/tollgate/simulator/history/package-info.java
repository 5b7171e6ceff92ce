/**
 * Random histories, their shrinking, and the checks that the product and the model must pass on
 * them.
 */
@NullMarked
package io.tollgate.simulator.history;

import org.jspecify.annotations.NullMarked;
