@NullMarked
package io.tollgate.cli.recharge;

import org.jspecify.annotations.NullMarked;
