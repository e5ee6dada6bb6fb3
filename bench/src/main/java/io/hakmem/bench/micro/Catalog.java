package io.hakmem.bench.micro;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The benchmarks there are: those that JMH's annotation processor has listed. */
public final class Catalog {

  private Catalog() {}

  /** All of them, by module, class and method. */
  public static List<Microbenchmark> all() {
    OutputFormat silent = OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT);
    return BenchmarkList.defaultList().getAll(silent, List.of()).stream()
        .map(Microbenchmark::of)
        .sorted(Comparator.comparing(Microbenchmark::path))
        .toList();
  }

  /**
   * Those in whose module, class and method a regular expression is found, in any case.
   *
   * @throws IllegalArgumentException if there is none, or the text is no regular expression
   */
  public static List<Microbenchmark> matching(String text) {
    Pattern pattern = pattern(text);
    List<Microbenchmark> all = all();
    List<Microbenchmark> found =
        all.stream().filter(one -> pattern.matcher(one.path()).find()).toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "pattern=%s is in the name of no benchmark; there are those of %s"
              .formatted(
                  text,
                  all.stream()
                      .map(one -> one.module() + "/" + one.type())
                      .distinct()
                      .collect(Collectors.joining(", "))));
    }
    return found;
  }

  private static Pattern pattern(String text) {
    try {
      return Pattern.compile(text, Pattern.CASE_INSENSITIVE);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "pattern=%s is no regular expression: %s".formatted(text, e.getDescription()), e);
    }
  }

  /** Prints each with its meaning, below its module. */
  public static void print(List<Microbenchmark> benchmarks, PrintWriter out) {
    Map<String, List<Microbenchmark>> modules =
        benchmarks.stream()
            .collect(
                Collectors.groupingBy(Microbenchmark::module, TreeMap::new, Collectors.toList()));
    modules.forEach(
        (module, ofModule) -> {
          out.println(module);
          ofModule.forEach(one -> out.println(line(one)));
        });
    out.flush();
  }

  private static String line(Microbenchmark one) {
    return "  %-40s %s".formatted(one.label(), one.meaning()).stripTrailing();
  }
}
