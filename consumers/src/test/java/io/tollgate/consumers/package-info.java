@NullMarked
package io.tollgate.consumers;

import org.jspecify.annotations.NullMarked;
