@NullMarked
package io.tollgate.consumers.recharge;

import org.jspecify.annotations.NullMarked;
