@NullMarked
package io.tollgate.prices;

import org.jspecify.annotations.NullMarked;
