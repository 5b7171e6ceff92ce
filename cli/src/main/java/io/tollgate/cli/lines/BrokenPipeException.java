package io.tollgate.cli.lines;

import java.io.IOException;

/** Nobody reads standard output any more. */
public final class BrokenPipeException extends IOException {

  private static final long serialVersionUID = 1L;

  BrokenPipeException(IOException cause) {
    super("standard output is closed", cause);
  }
}
