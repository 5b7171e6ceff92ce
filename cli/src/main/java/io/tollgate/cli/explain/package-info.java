/** The {@code explain} command: the story of an account, a charge, a block or a recharge. */
@NullMarked
package io.tollgate.cli.explain;

import org.jspecify.annotations.NullMarked;
