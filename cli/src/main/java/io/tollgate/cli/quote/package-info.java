/** The {@code quote} command: what an account could use, before it pays. */
@NullMarked
package io.tollgate.cli.quote;

import org.jspecify.annotations.NullMarked;
