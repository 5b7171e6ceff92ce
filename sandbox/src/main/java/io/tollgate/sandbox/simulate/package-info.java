/** The {@code simulate} command. */
@NullMarked
package io.tollgate.sandbox.simulate;

import org.jspecify.annotations.NullMarked;
