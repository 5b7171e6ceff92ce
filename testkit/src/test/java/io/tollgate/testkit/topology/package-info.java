/** Tollgate's own topologies: what goes in as records and time, and what comes out. */
@NullMarked
package io.tollgate.testkit.topology;

import org.jspecify.annotations.NullMarked;
