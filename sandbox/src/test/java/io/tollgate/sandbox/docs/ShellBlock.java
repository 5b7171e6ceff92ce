package io.tollgate.sandbox.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A block of shell commands on a page for people. */
record ShellBlock(String page, int line, String script) {

  private static final String FENCE = "```";

  /** All pages for people, README first. */
  static List<Path> pages(Path root) throws IOException {
    List<Path> pages = new ArrayList<>();
    pages.add(root.resolve("README.md"));
    pages.add(root.resolve("CONTRIBUTING.md"));
    try (Stream<Path> docs = Files.walk(root.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }

  /** The blocks of all pages. */
  static List<ShellBlock> of(Path root) throws IOException {
    List<ShellBlock> blocks = new ArrayList<>();
    for (Path page : pages(root)) {
      List<String> lines = Files.readAllLines(page, UTF_8);
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).equals(FENCE + "sh")) {
          List<String> script =
              lines.subList(i + 1, lines.size()).stream()
                  .takeWhile(line -> !line.equals(FENCE))
                  .toList();
          blocks.add(
              new ShellBlock(root.relativize(page).toString(), i + 1, String.join("\n", script)));
        }
      }
    }
    return blocks;
  }

  @Override
  public String toString() {
    return page + ":" + line;
  }
}
