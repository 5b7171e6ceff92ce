@NullMarked
package io.tollgate.consumers.gate;

import org.jspecify.annotations.NullMarked;
