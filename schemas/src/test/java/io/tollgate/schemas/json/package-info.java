@NullMarked
package io.tollgate.schemas.json;

import org.jspecify.annotations.NullMarked;
