/**
 * Unit tests of topologies on Tollgate's topics: time is virtual, records go in and out as
 * sentences, and a failure tells what happened. Start at {@link
 * io.tollgate.testkit.TollgateTestDriver}.
 */
@NullMarked
package io.tollgate.testkit;

import org.jspecify.annotations.NullMarked;
