package io.tollgate.cli.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnippetsTest {

  private static final Path ROOT = Path.of("..");

  @TempDir private Path other;

  @Test
  void shouldShowNoJavaInTheDocsButWhatIsCompiled() throws IOException {
    Snippets snippets = new Snippets(ROOT);
    List<String> faults = new ArrayList<>();
    for (Path page : pages()) {
      faults.addAll(snippets.faults(page));
    }

    assertThat(faults).isEmpty();
  }

  @Test
  void shouldAcceptTheCompiledLinesAtAnotherDepth() throws IOException {
    assertThat(faults("int a = 1;\n  a++;")).isEmpty();
  }

  @Test
  void shouldTellOfLinesThatDiffer() throws IOException {
    assertThat(faults("int a = 2;"))
        .singleElement()
        .asString()
        .startsWith("page.md:2 differs from A.java#a, which has:")
        .endsWith("int a = 1;\n  a++;");
  }

  @Test
  void shouldTellOfJavaThatNamesNoSource() throws IOException {
    write("page.md", "Text\n```java\nint a;\n```\n");

    assertThat(new Snippets(other).faults(other.resolve("page.md")))
        .containsExactly("page.md:2 shows Java without a snippet marker on the line before");
  }

  @Test
  void shouldTellOfMarkersThatLeadNowhere() throws IOException {
    write("A.java", "// snippet:a\nint a;\n// end\n");
    write(
        "page.md",
        """
        <!-- snippet: A.java#b -->
        ```java
        int a;
        ```
        <!-- snippet: B.java#a -->
        ```java
        int a;
        ```
        <!-- snippet: A.java#a -->
        """);

    assertThat(new Snippets(other).faults(other.resolve("page.md")))
        .containsExactly(
            "page.md:1 names A.java, which has no '// snippet:b'",
            "page.md:5 names B.java, which does not exist",
            "page.md:9 has a snippet marker without ```java on the next line");
  }

  private List<String> faults(String shown) throws IOException {
    write("A.java", "class A {\n  // snippet:a\n  int a = 1;\n    a++;\n  // end\n}\n");
    write("page.md", "Text\n<!-- snippet: A.java#a -->\n```java\n" + shown + "\n```\n");
    return new Snippets(other).faults(other.resolve("page.md"));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(other.resolve(name), text, UTF_8);
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    try (Stream<Path> files = Files.list(ROOT)) {
      files.filter(SnippetsTest::isPage).forEach(pages::add);
    }
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      files.filter(SnippetsTest::isPage).forEach(pages::add);
    }
    assertThat(pages).contains(ROOT.resolve("README.md"));
    return pages;
  }

  private static boolean isPage(Path file) {
    return file.toString().endsWith(".md");
  }
}
