package io.hakmem.bench.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pieces of Java in the documents compile as they stand there, and run. */
@Tag("slow")
final class ExamplesTest {

  private static final Pattern FENCED = Pattern.compile("(?ms)^ *```java\n(.*?)^ *```");

  private static final String PROGRAM =
      """
      import io.hakmem.*;
      import io.hakmem.gate.*;
      import java.lang.foreign.*;
      import java.nio.ByteBuffer;
      public final class Example {
        public static void main(String[] arguments) {
      EXAMPLE
        }
      }
      """;

  @TempDir private Path dir;

  static List<String> examples() throws IOException {
    List<String> examples = new ArrayList<>();
    for (String file : List.of("../README.md", "reliability.md", "operations.md")) {
      FENCED.matcher(Documents.read(file)).results().forEach(found -> examples.add(found.group(1)));
    }
    assertThat(examples).hasSizeGreaterThan(2);
    return examples;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void example_always_compilesAndRuns(String example) throws Exception {
    Path source =
        Files.writeString(dir.resolve("Example.java"), PROGRAM.replace("EXAMPLE", example));
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                System.out,
                System.err,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                source.toString());
    assertThat(code).isZero();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {dir.toUri().toURL()})) {
      loader.loadClass("Example").getMethod("main", String[].class).invoke(null, (Object) null);
    }
  }
}
