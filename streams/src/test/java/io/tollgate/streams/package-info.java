/** Tests of both topologies at once. */
@NullMarked
package io.tollgate.streams;

import org.jspecify.annotations.NullMarked;
