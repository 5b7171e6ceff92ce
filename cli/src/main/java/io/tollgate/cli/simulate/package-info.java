/** The {@code simulate} command. */
@NullMarked
package io.tollgate.cli.simulate;

import org.jspecify.annotations.NullMarked;
