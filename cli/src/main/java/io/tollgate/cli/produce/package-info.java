/** The {@code produce} command. */
@NullMarked
package io.tollgate.cli.produce;

import org.jspecify.annotations.NullMarked;
