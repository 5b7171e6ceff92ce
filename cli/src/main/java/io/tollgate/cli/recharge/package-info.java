/** The {@code recharge} commands: what auto-recharge would do. */
@NullMarked
package io.tollgate.cli.recharge;

import org.jspecify.annotations.NullMarked;
