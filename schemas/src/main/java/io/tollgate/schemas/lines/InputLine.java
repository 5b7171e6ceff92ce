package io.tollgate.schemas.lines;

/** What a line of input means. */
public sealed interface InputLine permits RecordLine, TimeLine {}
