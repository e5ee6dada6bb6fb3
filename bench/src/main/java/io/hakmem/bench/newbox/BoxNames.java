package io.hakmem.bench.newbox;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/**
 * What a box and the parts of its module are called.
 *
 * @param name words of small letters and digits, joined by {@code -}: the box and its artifact
 * @param packageName its package and module
 */
public record BoxNames(String name, String packageName) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final int LONGEST = 32;

  /**
   * The names that follow from that of a box.
   *
   * @param packageName null for the name without its hyphens
   * @throws IllegalArgumentException if Java or a gate cannot be called so
   */
  public static BoxNames of(String name, @Nullable String packageName) {
    if (!NAME.matcher(name).matches() || name.length() > LONGEST) {
      throw new IllegalArgumentException(
          "name=%s must be words of small letters and digits joined by '-', such as bump-slab, of at"
                  .formatted(name)
              + " most %d letters".formatted(LONGEST));
    }
    String inPackage = packageName == null ? name.replace("-", "") : packageName;
    if (!SourceVersion.isName(inPackage)) {
      throw new IllegalArgumentException(
          "package=%s must be the name of a Java package; --package gives another one"
              .formatted(inPackage));
    }
    return new BoxNames(name, inPackage);
  }

  /** What the names of classes begin with, such as {@code BumpSlab}. */
  public String className() {
    return Arrays.stream(name.split("-", -1))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }

  /** The gate that lets the box take part, such as {@code HAKMEM_BUMP_SLAB_ENABLE}. */
  public String gate() {
    return "HAKMEM_" + name.toUpperCase(Locale.ROOT).replace('-', '_') + "_ENABLE";
  }

  /** What the names of counters begin with, such as {@code bump_slab_}. */
  public String counterPrefix() {
    return name.replace('-', '_') + "_";
  }

  /** The package without its last word, if it has another one. */
  public String group() {
    int dot = packageName.lastIndexOf('.');
    return dot < 0 ? packageName : packageName.substring(0, dot);
  }

  /** The package's folder. */
  public String packagePath() {
    return packageName.replace('.', '/');
  }
}
