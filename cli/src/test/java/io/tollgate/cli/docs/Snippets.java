package io.tollgate.cli.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds where the Java code of a Markdown page is not the compiled code that it names.
 *
 * <p>A block of Java on a page follows the line {@code <!-- snippet: path/to/File.java#name -->},
 * the path seen from the root of the repository. In that file the same lines stand between {@code
 * // snippet:name} and {@code // end}, indented by any depth.
 */
final class Snippets {

  private static final String FENCE = "```";
  private static final String JAVA = FENCE + "java";
  private static final Pattern MARKER =
      Pattern.compile("<!-- snippet: (?<file>\\S+\\.java)#(?<name>\\S+) -->");

  private final Path root;

  /**
   * @param root the root of the repository
   */
  Snippets(Path root) {
    this.root = root;
  }

  /** What is wrong on this page, one sentence each. */
  List<String> faults(Path page) throws IOException {
    List<String> faults = new ArrayList<>();
    List<String> lines = Files.readAllLines(page, UTF_8);
    for (int i = 0; i < lines.size(); i++) {
      Matcher marker = MARKER.matcher(lines.get(i).strip());
      boolean java = lines.get(i).strip().equals(JAVA);
      String where = "%s:%d".formatted(root.relativize(page), i + 1);
      if (java && (i == 0 || !MARKER.matcher(lines.get(i - 1).strip()).matches())) {
        faults.add(where + " shows Java without a snippet marker on the line before");
      } else if (marker.matches()) {
        if (i + 1 == lines.size() || !lines.get(i + 1).strip().equals(JAVA)) {
          faults.add(where + " has a snippet marker without " + JAVA + " on the next line");
        } else {
          List<String> shown = until(FENCE, lines, i + 2);
          compare(where, marker.group("file"), marker.group("name"), shown, faults);
        }
      }
    }
    return faults;
  }

  private void compare(
      String where, String file, String name, List<String> shown, List<String> faults)
      throws IOException {
    Path source = root.resolve(file);
    if (!Files.isRegularFile(source)) {
      faults.add("%s names %s, which does not exist".formatted(where, file));
      return;
    }
    List<String> lines = Files.readAllLines(source, UTF_8);
    List<String> stripped = lines.stream().map(String::strip).toList();
    int start = stripped.indexOf("// snippet:" + name);
    if (start < 0) {
      faults.add("%s names %s, which has no '// snippet:%s'".formatted(where, file, name));
      return;
    }
    String compiled =
        String.join("\n", until("// end", lines, start + 1)).stripIndent().stripTrailing();
    if (!compiled.equals(String.join("\n", shown).stripTrailing())) {
      faults.add("%s differs from %s#%s, which has:%n%s".formatted(where, file, name, compiled));
    }
  }

  private static List<String> until(String end, List<String> lines, int from) {
    return lines.subList(from, lines.size()).stream()
        .takeWhile(line -> !line.strip().equals(end))
        .toList();
  }
}
