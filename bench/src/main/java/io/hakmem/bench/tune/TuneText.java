package io.hakmem.bench.tune;

import io.hakmem.bench.compare.Estimate;
import io.hakmem.bench.compare.Verdict;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What a search came to, for people and for {@code HAKMEM_CONFIG}. */
public final class TuneText {

  private static final int SHOWN = 12;

  private TuneText() {}

  /** Prints the recommendation first. */
  public static void print(TuneResult result, PrintWriter out) {
    out.println(conclusion(result));
    out.println();
    out.println(
        "On the part of the traces that was held back, beside %s (beside itself: %s):"
            .formatted(result.base(), text(result.noise())));
    lines(result.heldBack(), out);
    out.println();
    out.println(
        "On the part that was searched on, the best of %d; the time was enough for %d:"
            .formatted(result.candidates(), result.looked()));
    lines(result.search().stream().limit(SHOWN).toList(), out);
    out.println();
    out.println("* no other is both faster and leaner");
  }

  private static String conclusion(TuneResult result) {
    if (result.verdict() == Verdict.GO) {
      return "%s is better than %s by the objective %s."
          .formatted(result.recommended(), result.base(), result.objective());
    }
    return "Nothing is better than %s by the objective %s beyond the noise: keep it."
        .formatted(result.base(), result.objective());
  }

  private static void lines(List<TuneResult.Line> lines, PrintWriter out) {
    out.println("  speed                leanness             rounds");
    for (TuneResult.Line line : lines) {
      out.println(
          "%s %-20s %-20s %6d  %s"
              .formatted(
                  line.isFront() ? "*" : " ",
                  text(line.speed()),
                  text(line.leanness()),
                  line.rounds(),
                  line.configuration()));
    }
  }

  private static String text(Estimate ratio) {
    return String.format(
        Locale.ROOT, "%.3f (%.3f-%.3f)", ratio.median(), ratio.low(), ratio.high());
  }

  /** The lines of a properties file. */
  public static List<String> properties(TuneResult result) {
    return Stream.concat(
            Stream.of("# hakmem tune: " + conclusion(result)),
            result.settings().entrySet().stream().map(TuneText::property))
        .toList();
  }

  private static String property(Map.Entry<String, String> gate) {
    return gate.getKey() + "=" + gate.getValue();
  }
}
