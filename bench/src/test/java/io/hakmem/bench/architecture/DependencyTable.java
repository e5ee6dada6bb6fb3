package io.hakmem.bench.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of packages in the architecture document. */
final class DependencyTable {

  private static final Pattern ROW =
      Pattern.compile("\\| `(io\\.hakmem[a-z0-9.]*)` \\|[^|]*\\|([^|]*)\\|");

  /** The table of modules looks alike but names Java modules in its second column. */
  private static final String HEADER = "| package |";

  /** Left out in front of the names of the last column. */
  private static final String ROOT = "io.hakmem";

  private static final Pattern NAME = Pattern.compile("`([^`]*)`");

  private DependencyTable() {}

  /** A package and the other packages of the project that it may depend on. */
  record Row(String name, Set<String> allowed) {}

  static List<Row> read() throws IOException {
    return read(ProjectRoot.document());
  }

  private static List<Row> read(Path document) throws IOException {
    try (Stream<String> lines = Files.lines(document)) {
      return lines
          .dropWhile(line -> !line.startsWith(HEADER))
          .skip(2)
          .takeWhile(line -> line.startsWith("|"))
          .map(DependencyTable::row)
          .toList();
    }
  }

  private static Row row(String line) {
    Matcher row = ROW.matcher(line);
    if (!row.matches()) {
      throw new IllegalStateException("not a row of packages: " + line);
    }
    String allowed = Optional.ofNullable(row.group(2)).orElse("");
    return new Row(
        Optional.ofNullable(row.group(1)).orElse(""),
        NAME.matcher(allowed)
            .results()
            .map(name -> full(name.group(1)))
            .collect(Collectors.toSet()));
  }

  private static String full(String name) {
    return name.equals(ROOT) ? ROOT : ROOT + "." + name;
  }
}
