@NullMarked
package io.tollgate.schemas;

import org.jspecify.annotations.NullMarked;
