/** The {@code tollgate} command: its options, messages and exit codes. */
@NullMarked
package io.tollgate.cli;

import org.jspecify.annotations.NullMarked;
