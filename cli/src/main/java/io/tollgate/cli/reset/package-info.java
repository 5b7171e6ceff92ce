/** The {@code reset} command. */
@NullMarked
package io.tollgate.cli.reset;

import org.jspecify.annotations.NullMarked;
