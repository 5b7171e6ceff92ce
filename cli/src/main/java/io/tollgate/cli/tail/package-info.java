/** The {@code tail} command. */
@NullMarked
package io.tollgate.cli.tail;

import org.jspecify.annotations.NullMarked;
