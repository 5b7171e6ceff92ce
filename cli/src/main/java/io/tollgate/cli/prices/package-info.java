/** Price lists as files. */
@NullMarked
package io.tollgate.cli.prices;

import org.jspecify.annotations.NullMarked;
