/** Tests of what the demo sends. */
@NullMarked
package io.tollgate.cli.demo.workload;

import org.jspecify.annotations.NullMarked;
