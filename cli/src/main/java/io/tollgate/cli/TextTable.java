package io.tollgate.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Columns of text, as wide as they must be. */
public final class TextTable {

  private static final String GAP = "  ";
  private static final Pattern COLOUR = Pattern.compile("\u001B\\[\\d+m");

  private final List<List<String>> rows = new ArrayList<>();

  /** A table with these headings. */
  public static TextTable headed(String... headings) {
    return new TextTable().row(headings);
  }

  /** Adds a row. */
  public TextTable row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** Prints all rows, nothing behind the last cell of each. */
  public void print(PrintWriter out) {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        int width = visible(row.get(i));
        if (i == widths.size()) {
          widths.add(width);
        } else {
          widths.set(i, Math.max(widths.get(i), width));
        }
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(row.get(i));
        line.append(" ".repeat(widths.get(i) - visible(row.get(i)))).append(GAP);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private static int visible(String cell) {
    return COLOUR.matcher(cell).replaceAll("").length();
  }
}
