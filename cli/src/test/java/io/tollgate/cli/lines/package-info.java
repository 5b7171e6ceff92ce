@NullMarked
package io.tollgate.cli.lines;

import org.jspecify.annotations.NullMarked;
