/** The JSON shape of records, as people write and read them. */
@NullMarked
package io.tollgate.schemas.json;

import org.jspecify.annotations.NullMarked;
