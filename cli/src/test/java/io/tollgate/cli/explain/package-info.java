@NullMarked
package io.tollgate.cli.explain;

import org.jspecify.annotations.NullMarked;
