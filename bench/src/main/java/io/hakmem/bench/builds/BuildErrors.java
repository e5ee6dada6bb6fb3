package io.hakmem.bench.builds;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Why Maven or git ended, out of what it printed. */
final class BuildErrors {

  private static final int MOST_SHOWN = 4;

  private static final Pattern LABEL = Pattern.compile("^\\[ERROR] *");
  private static final Pattern PLACE = Pattern.compile("\\.java:\\[\\d+,\\d+]");

  private BuildErrors() {}

  /**
   * What the compiler says of the sources; else the first errors, or the last lines where nothing
   * is called an error.
   *
   * @param tree where the sources are, which is gone when the reason is read
   */
  static String reason(String output, Path tree) {
    List<String> lines = output.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    List<String> errors =
        lines.stream()
            .filter(line -> LABEL.matcher(line).find())
            .map(line -> LABEL.matcher(line).replaceFirst("").replace(tree + "/", ""))
            .filter(line -> !line.isEmpty())
            .distinct()
            .toList();
    List<String> ofSources = errors.stream().filter(line -> PLACE.matcher(line).find()).toList();
    if (!ofSources.isEmpty()) {
      return first(ofSources);
    }
    return errors.isEmpty()
        ? String.join("; ", lines.subList(Math.max(0, lines.size() - MOST_SHOWN), lines.size()))
        : first(errors);
  }

  private static String first(List<String> all) {
    int more = all.size() - MOST_SHOWN;
    String shown = String.join("; ", all.subList(0, Math.min(MOST_SHOWN, all.size())));
    return more > 0 ? shown + "; and " + more + " more" : shown;
  }
}
