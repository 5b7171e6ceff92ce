@org.jspecify.annotations.NullMarked
package io.tollgate.streams.config;
