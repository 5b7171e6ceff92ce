/** What travels between Tollgate and its neighbours: record types, their bytes, topics and JSON. */
@NullMarked
package io.tollgate.schemas;

import org.jspecify.annotations.NullMarked;
