@NullMarked
package io.tollgate.cli.quote;

import org.jspecify.annotations.NullMarked;
