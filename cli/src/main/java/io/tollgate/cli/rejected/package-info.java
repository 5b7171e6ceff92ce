/** The {@code rejected} command. */
@NullMarked
package io.tollgate.cli.rejected;

import org.jspecify.annotations.NullMarked;
