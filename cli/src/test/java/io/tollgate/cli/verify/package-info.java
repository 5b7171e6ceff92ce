@NullMarked
package io.tollgate.cli.verify;

import org.jspecify.annotations.NullMarked;
