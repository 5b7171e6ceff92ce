/** The {@code verify} command, and the check of the books behind it. */
@NullMarked
package io.tollgate.cli.verify;

import org.jspecify.annotations.NullMarked;
