@NullMarked
package io.tollgate.cli.top;

import org.jspecify.annotations.NullMarked;
