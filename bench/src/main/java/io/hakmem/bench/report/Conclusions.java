package io.hakmem.bench.report;

import io.hakmem.bench.page.HtmlPage.Conclusion;
import io.hakmem.bench.page.HtmlPage.Tone;
import io.hakmem.bench.page.Table;
import io.hakmem.bench.peers.PeerRow;
import io.hakmem.bench.peers.Peers;
import io.hakmem.bench.subject.SubjectKind;
import io.hakmem.bench.verdict.DecisionRule;
import io.hakmem.bench.verdict.Estimate;
import io.hakmem.bench.verdict.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** What results come to, in one sentence each. */
final class Conclusions {

  private Conclusions() {}

  /** What a verdict is for the change that was tried. */
  static Tone tone(Verdict verdict) {
    return switch (verdict) {
      case GO -> Tone.GOOD;
      case NO_GO -> Tone.BAD;
      case NEUTRAL -> Tone.NEUTRAL;
      case TOO_FEW, VOID -> Tone.UNSURE;
    };
  }

  /** What a verdict is for HAKMEM, where B is another allocator or the loop without one. */
  static Tone toneBesidePeer(Verdict verdict, SubjectKind peer) {
    if (!peer.isAllocator()) {
      return Tone.NEUTRAL;
    }
    return switch (verdict) {
      case GO -> Tone.BAD;
      case NO_GO -> Tone.GOOD;
      case NEUTRAL -> Tone.NEUTRAL;
      case TOO_FEW, VOID -> Tone.UNSURE;
    };
  }

  /** A verdict on another allocator, which is B, in words that cannot be taken for a change's. */
  static String besidePeer(Verdict verdict, SubjectKind peer) {
    if (!peer.isAllocator()) {
      return "the loop without an allocator";
    }
    return switch (verdict) {
      case GO -> peer + " is faster";
      case NO_GO -> "HAKMEM is faster";
      case NEUTRAL -> "no difference";
      case TOO_FEW, VOID -> verdict.toString();
    };
  }

  /**
   * Of two configurations under a load.
   *
   * @param whyNone why nothing follows, where nothing does
   */
  static Conclusion ofChange(String workload, Verdict verdict, Estimate ratio, String whyNone) {
    String sentence =
        switch (verdict) {
          case GO, NO_GO ->
              "%s under %s: by %s (95 %% interval %s to %s)."
                  .formatted(
                      capitalised(verdict.meaning()),
                      workload,
                      percent(Math.abs(ratio.median() - 1)),
                      change(ratio.low()),
                      change(ratio.high()));
          case NEUTRAL ->
              "There is no difference between A and B beyond the noise under %s (B / A %s to %s)."
                  .formatted(workload, change(ratio.low()), change(ratio.high()));
          case TOO_FEW -> "There are " + whyNone + ".";
          case VOID -> "Nothing follows: " + whyNone + ".";
        };
    return new Conclusion(tone(verdict), sentence);
  }

  private static String capitalised(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static String percent(double part) {
    return Table.decimals(1, 100 * part) + " %";
  }

  /** A ratio as a change. */
  static String change(double ratio) {
    return String.format(Locale.ROOT, "%+.1f %%", 100 * (ratio - 1));
  }

  /** Of HAKMEM beside its peers, by the noise that HAKMEM measured again shows. */
  static Conclusion ofPeers(String title, List<PeerRow> rows) {
    List<Double> hakmem = runs(rows, Peers.HAKMEM);
    List<Double> control = runs(rows, Peers.CONTROL);
    List<PeerRow> peers = rows.stream().filter(row -> row.hakmem() != null && isPeer(row)).toList();
    DecisionRule rule = DecisionRule.ofComparisons(peers.size());
    int rounds = Math.min(hakmem.size(), control.size());
    if (rounds < rule.roundsNeeded()) {
      return new Conclusion(
          Tone.UNSURE, "There are %s.".formatted(DecisionRule.tooFew(rounds, rule.roundsNeeded())));
    }
    Map<Verdict, List<String>> names = new EnumMap<>(Verdict.class);
    for (PeerRow row : peers) {
      Verdict verdict = rule.verdict(ratios(hakmem, row.steadyRunsMops()), ratios(hakmem, control));
      names.computeIfAbsent(verdict, _ -> new ArrayList<>()).add(row.name());
    }
    List<String> slower = names.getOrDefault(Verdict.NO_GO, List.of());
    List<String> faster = names.getOrDefault(Verdict.GO, List.of());
    List<String> same = names.getOrDefault(Verdict.NEUTRAL, List.of());
    int all = faster.size() + slower.size() + same.size();
    Tone tone = faster.isEmpty() ? Tone.NEUTRAL : Tone.GOOD;
    return new Conclusion(
        slower.isEmpty() ? tone : Tone.BAD,
        "Under %s HAKMEM is faster than %d of %d peers%s%s."
            .formatted(
                title,
                faster.size(),
                all,
                named(", slower than ", slower),
                named(", and shows no difference beyond the noise from ", same)));
  }

  private static String named(String before, List<String> names) {
    return names.isEmpty() ? "" : before + String.join(", ", names);
  }

  /** The steady state of each round of a row; none of a row that is absent. */
  private static List<Double> runs(List<PeerRow> rows, String name) {
    return rows.stream()
        .filter(row -> row.name().equals(name))
        .findFirst()
        .map(PeerRow::steadyRunsMops)
        .orElse(List.of());
  }

  /** One row divided by another, round by round. */
  private static double[] ratios(List<Double> above, List<Double> below) {
    return IntStream.range(0, Math.min(above.size(), below.size()))
        .mapToDouble(i -> above.get(i) / below.get(i))
        .toArray();
  }

  private static boolean isPeer(PeerRow row) {
    return switch (Peers.role(row)) {
      case NATIVE, JVM -> true;
      case HAKMEM, CONTROL, FLOOR -> false;
    };
  }
}
