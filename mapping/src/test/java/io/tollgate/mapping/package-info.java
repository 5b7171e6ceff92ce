@org.jspecify.annotations.NullMarked
package io.tollgate.mapping;
