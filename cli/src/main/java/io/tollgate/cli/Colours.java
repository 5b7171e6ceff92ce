package io.tollgate.cli;

/** Text that stands out, where standard output is a terminal that shows it. */
public final class Colours {

  private static final String BOLD = "\u001B[1m";
  private static final String FAINT = "\u001B[2m";
  private static final String RED = "\u001B[31m";
  private static final String GREEN = "\u001B[32m";
  private static final String YELLOW = "\u001B[33m";
  private static final String PLAIN = "\u001B[0m";

  private final boolean shown;

  /**
   * Colours of one output.
   *
   * @param shown whether it shows them; else every text stays as it is
   */
  public Colours(boolean shown) {
    this.shown = shown;
  }

  public String bold(String text) {
    return with(BOLD, text);
  }

  public String faint(String text) {
    return with(FAINT, text);
  }

  public String red(String text) {
    return with(RED, text);
  }

  public String green(String text) {
    return with(GREEN, text);
  }

  public String yellow(String text) {
    return with(YELLOW, text);
  }

  private String with(String code, String text) {
    return shown ? code + text + PLAIN : text;
  }
}
