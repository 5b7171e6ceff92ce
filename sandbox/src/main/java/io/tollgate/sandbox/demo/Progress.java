package io.tollgate.sandbox.demo;

/**
 * Where a demo stands.
 *
 * @param phase what it is doing, in a word or two
 * @param sent requests sent so far
 * @param total requests to send
 * @param perSecond requests sent a second, lately
 */
record Progress(String phase, long sent, long total, long perSecond, LiveCounts counts) {}
