@NullMarked
package io.tollgate.cli;

import org.jspecify.annotations.NullMarked;
