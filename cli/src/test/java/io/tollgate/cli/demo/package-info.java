/** Tests of the demo. */
@NullMarked
package io.tollgate.cli.demo;

import org.jspecify.annotations.NullMarked;
