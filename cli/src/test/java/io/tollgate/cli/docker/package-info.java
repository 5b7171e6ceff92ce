@NullMarked
package io.tollgate.cli.docker;

import org.jspecify.annotations.NullMarked;
