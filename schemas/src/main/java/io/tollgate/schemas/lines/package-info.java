/** Records as lines of JSON, as commands read and write them. */
@NullMarked
package io.tollgate.schemas.lines;

import org.jspecify.annotations.NullMarked;
