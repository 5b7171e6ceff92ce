package io.tollgate.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where a command reads from and writes to, in UTF-8. */
public final class Console {

  // Whether a stream is a terminal cannot be asked of every JDK; the launcher knows, and says so.
  private static final String COLOURS = "tollgate.colours";
  private static final String PROGRESS = "tollgate.progress";

  private final InputStream in;
  private final OutputStream rawOut;
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean colours;
  private final boolean progress;

  /**
   * A console on these streams.
   *
   * @param colours whether standard output is a terminal that shows colours
   * @param progress whether standard error is a terminal on which a line may be rewritten
   */
  public Console(
      InputStream in, OutputStream out, OutputStream err, boolean colours, boolean progress) {
    this.in = in;
    this.rawOut = out;
    this.out = new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    this.err = new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
    this.colours = colours;
    this.progress = progress;
  }

  /** The console of this process. */
  public static Console ofProcess() {
    return new Console(
        System.in,
        // Not System.out, which swallows a broken pipe.
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)),
        System.err,
        Boolean.getBoolean(COLOURS),
        Boolean.getBoolean(PROGRESS));
  }

  /** Standard input, unbuffered. */
  public InputStream in() {
    return in;
  }

  /** Standard output for people; buffered until the command ends, or it is flushed. */
  public PrintWriter out() {
    return out;
  }

  /** Standard output as bytes; says when it is gone. Not to be mixed with {@link #out()}. */
  public OutputStream rawOut() {
    return rawOut;
  }

  /** Standard error. */
  public PrintWriter err() {
    return err;
  }

  public boolean colours() {
    return colours;
  }

  public boolean progress() {
    return progress;
  }
}
