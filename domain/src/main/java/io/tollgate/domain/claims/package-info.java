@org.jspecify.annotations.NullMarked
package io.tollgate.domain.claims;
