@NullMarked
package io.tollgate.schemas.serde;

import org.jspecify.annotations.NullMarked;
