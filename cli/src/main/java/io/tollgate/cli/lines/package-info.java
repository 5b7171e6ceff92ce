/** Lines of text: where a command reads them from, and JSON lines that it writes. */
@NullMarked
package io.tollgate.cli.lines;

import org.jspecify.annotations.NullMarked;
