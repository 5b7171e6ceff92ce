@NullMarked
package io.tollgate.cli.run;

import org.jspecify.annotations.NullMarked;
