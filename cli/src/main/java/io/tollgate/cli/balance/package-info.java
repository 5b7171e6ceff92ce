/** The {@code balance} command. */
@NullMarked
package io.tollgate.cli.balance;

import org.jspecify.annotations.NullMarked;
