package io.hakmem.bench.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the sources of bench name in strings, because it cannot be named in code, is there: a class,
 * a method of one, a package or a module.
 */
final class NamesInStringsTest {

  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
  private static final Pattern NAME = Pattern.compile("\\bio[./]hakmem(?:[./]\\w+)*");
  private static final Pattern MODULE = Pattern.compile("module (\\S+) \\{");

  @Test
  void names_inStringsOfBench_areThere() throws IOException {
    Set<String> modules = modules();
    Set<String> names = names();
    assertThat(names)
        .contains(
            "io.hakmem.bench.load.MidLarge.loop",
            "io.hakmem.engine.Clearing.clear",
            "io.hakmem.bench.HakmemCommand");
    assertThat(names)
        .allSatisfy(
            name ->
                assertThat(
                        modules.contains(name)
                            || isPackage(name)
                            || isClass(name)
                            || isMethod(name))
                    .as("'%s' is a module, package, class or method", name)
                    .isTrue());
  }

  @Test
  void names_thatMoved_areNoticed() {
    assertThat(isMethod("io.hakmem.engine.Clearing.clear")).isTrue();
    assertThat(isMethod("io.hakmem.engine.Engine.clear")).isFalse();
    assertThat(isClass("io.hakmem.compose.Engine")).isFalse();
    assertThat(isPackage("io.hakmem.engine")).isTrue();
    assertThat(isPackage("io.hakmem.engines")).isFalse();
  }

  private static Set<String> names() throws IOException {
    Set<String> names = new HashSet<>();
    Path bench = ProjectRoot.find().resolve("bench/src/main");
    for (Path file : ProjectRoot.sources().stream().filter(f -> f.startsWith(bench)).toList()) {
      Matcher literal = LITERAL.matcher(text(file));
      while (literal.find()) {
        Matcher name = NAME.matcher(literal.group(1));
        while (name.find()) {
          names.add(name.group().replace('/', '.'));
        }
      }
    }
    return names;
  }

  private static Set<String> modules() throws IOException {
    Set<String> modules = new HashSet<>();
    for (Path folder : folders()) {
      Path info = folder.resolve("module-info.java");
      if (Files.exists(info)) {
        Matcher module = MODULE.matcher(text(info));
        assertThat(module.find()).as("%s", info).isTrue();
        modules.add(module.group(1));
      }
    }
    return modules;
  }

  private static boolean isPackage(String name) {
    return folders().stream().anyMatch(folder -> Files.isDirectory(folder.resolve(path(name))));
  }

  private static boolean isClass(String name) {
    try {
      Class.forName(name, false, NamesInStringsTest.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static boolean isMethod(String name) {
    int dot = name.lastIndexOf('.');
    try {
      Class<?> type =
          Class.forName(name.substring(0, dot), false, NamesInStringsTest.class.getClassLoader());
      return Arrays.stream(type.getDeclaredMethods())
          .anyMatch(method -> method.getName().equals(name.substring(dot + 1)));
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static String path(String name) {
    return name.replace('.', '/');
  }

  /** The sources of every module at the top of the tree. */
  private static List<Path> folders() {
    try (Stream<Path> modules = Files.list(ProjectRoot.find())) {
      return modules
          .map(module -> module.resolve("src/main/java"))
          .filter(Files::isDirectory)
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
