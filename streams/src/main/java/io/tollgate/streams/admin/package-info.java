/** Creating, listing and checking what an installation needs on its brokers. */
@NullMarked
package io.tollgate.streams.admin;

import org.jspecify.annotations.NullMarked;
