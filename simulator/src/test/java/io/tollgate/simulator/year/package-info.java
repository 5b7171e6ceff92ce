/** A year of many accounts, run through the pipeline in virtual time. */
@NullMarked
package io.tollgate.simulator.year;

import org.jspecify.annotations.NullMarked;
