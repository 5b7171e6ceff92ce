package io.tollgate.schemas.lines;

/**
 * Nothing arrives; time passes.
 *
 * @param time until when, in epoch milliseconds
 */
public record TimeLine(long time) implements InputLine {}
