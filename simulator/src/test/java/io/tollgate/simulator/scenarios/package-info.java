/** The scripts of {@code docs/scenarios}: they show what the pages say, and the model agrees. */
@NullMarked
package io.tollgate.simulator.scenarios;

import org.jspecify.annotations.NullMarked;
