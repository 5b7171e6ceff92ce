/** An instance of the pipeline as a service: its command, its health and its metrics. */
@NullMarked
package io.tollgate.cli.run;

import org.jspecify.annotations.NullMarked;
