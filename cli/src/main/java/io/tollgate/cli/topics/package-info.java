/** The {@code topics} commands. */
@NullMarked
package io.tollgate.cli.topics;

import org.jspecify.annotations.NullMarked;
