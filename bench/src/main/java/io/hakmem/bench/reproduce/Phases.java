package io.hakmem.bench.reproduce;

import io.hakmem.bench.reproduce.Phase.Extra;
import io.hakmem.bench.reproduce.Variant.Original;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The experiments, in the order in which they run. */
public final class Phases {

  private static final String C6 = "c6";
  private static final String MIXED = "mixed";

  private static final String C6_PROFILE = "C6_HEAVY_LEGACY_POOLV1 ";
  private static final String LEGACY = "LEGACY ";
  private static final String C7_SAFE = "HAKMEM_TINY_HEAP_PROFILE=C7_SAFE ";
  private static final String SMALLMID_OFF = "HAKMEM_SMALLMID_ENABLE=0 ";
  private static final String SMALLMID_ON = "HAKMEM_SMALLMID_ENABLE=1 HAKMEM_SMALLMID_STATS=1 ";

  /** The counters cost time, so both sides of a comparison have them. */
  private static final String COUNTED = "HAKMEM_POOL_V1_FLATTEN_STATS=1 ";

  private static final String FLATTEN_OFF = COUNTED + "HAKMEM_POOL_V1_FLATTEN_ENABLED=0 ";
  private static final String FLATTEN_ON = COUNTED + "HAKMEM_POOL_V1_FLATTEN_ENABLED=1 ";
  private static final String PLAIN_V1 = "HAKMEM_POOL_V1_FLATTEN_ENABLED=0 ";
  private static final String FULL = "HAKMEM_POOL_ZERO_MODE=full";
  private static final String HEADER = "HAKMEM_POOL_ZERO_MODE=header";
  private static final String OFF = "HAKMEM_POOL_ZERO_MODE=off";

  private static final String CACHE = "HAKMEM_MID_DESC_CACHE_ENABLED=";
  private static final String V2 = LEGACY + PLAIN_V1 + FULL + " HAKMEM_POOL_V2_ENABLED=";

  /** All of them. */
  public static final List<Phase> ALL =
      List.of(
          phase54(),
          phase56(),
          descriptorCache(),
          flattened(
              "80",
              "Does the flattened path pay, with the tiny heap profile C7_SAFE?",
              C7_SAFE,
              "23.12 -> 25.50 (+10 %)",
              10,
              "alloc_tls_hit=499,870 alloc_fb=230 free_tls_hit=460,450 free_fb=39,649",
              ""),
          flattened(
              "81",
              "Why do frees fall back?",
              LEGACY,
              "23.68 -> 25.90",
              9.4,
              "page_null=40,039 not_mine=0 other=0",
              "The original's page_null=40,039 came from a lookup with an address that was not rounded"
                  + " down to its page. This library rounds in one place and cannot switch that off;"
                  + " the test PageNullTest shows it."),
          flattened(
              "82",
              "Does the flattened path pay once page addresses are rounded down?",
              LEGACY,
              "23.68 -> 26.70 (+13 %)",
              13,
              "free_tls_hit=489,147 free_fb=10,952 page_null=3,476 not_mine=7,476 other=0",
              "The configurations are those of 81, whose forks count for both."),
          finalRows(
              "82-final",
              "Which pays, zero header, flatten or both, by the length of the run?",
              C6,
              Set.of(Extra.COLD, Extra.CRASH_TEST)),
          finalRows(
              "82-final-mixed",
              "Which of them pays on Mixed?",
              MIXED,
              Set.of(Extra.COLD, Extra.LONG)),
          full(),
          flatten("flatten-1t", 1),
          flatten("flatten-2t", 2));

  private Phases() {}

  /**
   * Finds phases by their names, in the order in which they run; no name stands for all, of which a
   * quick run leaves out the long ones.
   *
   * @throws IllegalArgumentException if a name is unknown
   */
  public static List<Phase> select(List<String> names, boolean quick) {
    if (names.isEmpty()) {
      return ALL.stream().filter(phase -> !quick || !phase.has(Extra.LONG)).toList();
    }
    for (String name : names) {
      if (ALL.stream().noneMatch(phase -> phase.name().equalsIgnoreCase(name))) {
        throw new IllegalArgumentException(
            "phase=" + name + " is not one of " + String.join(", ", names()));
      }
    }
    return ALL.stream()
        .filter(phase -> names.stream().anyMatch(phase.name()::equalsIgnoreCase))
        .toList();
  }

  /** The names of all. */
  public static List<String> names() {
    return ALL.stream().map(Phase::name).toList();
  }

  private static Phase phase54() {
    String plain = C6_PROFILE + PLAIN_V1;
    return new Phase(
        "54",
        "Where does the time go, and how far are mimalloc and the system's malloc?",
        "28.1; mimalloc 54.2, system malloc 15.3. Self %: hak_pool_try_alloc 14.7, driver loop 9.2,"
            + " free/hak_free_at 9-10, memset 9, mid_desc_lookup 3.8, hak_super_lookup 1.4,"
            + " hak_pool_free 0.7; IPC 2.4, about 7.4k page faults",
        "Peers are called from Java. Like meets like: entries that clear meet cleared blocks, plain"
            + " ones meet blocks that nobody clears.",
        List.of(
            Baseline.standard(
                C6,
                "HAKMEM, cleared",
                plain + FULL,
                Variant.peer("calloc", Original.NONE),
                Variant.peer("mi-zalloc", Original.NONE)),
            Baseline.standard(
                C6,
                "HAKMEM, not cleared",
                plain + OFF,
                Variant.peer("malloc", Original.changed("28.1 against 15.3", -45.6)),
                Variant.peer("mi-malloc", Original.changed("28.1 against 54.2", 92.9)),
                Variant.peer("floor", Original.NONE))),
        Set.of(Extra.HOT_SYMBOLS));
  }

  private static Phase phase56() {
    return new Phase(
        "56-57",
        "Is pool v2 faster than v1, and what is each of its sub-switches worth?",
        "v1 27.40, v2 24.73: v1 stays standard",
        "",
        List.of(
            Baseline.standard(
                C6,
                "v1",
                V2 + "0",
                new Variant("v2", V2 + "1", Original.changed("27.40 -> 24.73", -9.7))),
            subSwitch("BLOCK_TO_USER="),
            subSwitch("TLS_FAST_PATH=")),
        Set.of());
  }

  private static Baseline subSwitch(String name) {
    String text = V2 + "1 HAKMEM_POOL_V2_" + name;
    return Baseline.standard(
        C6,
        "v2, " + name + "0",
        text + "0",
        new Variant("v2, " + name + "1", text + "1", Original.NONE));
  }

  private static Phase descriptorCache() {
    return new Phase(
        "MD1",
        "Does the cache of the last page descriptor pay?",
        "28.90 -> 29.83 (+3.2 %); Mixed 44.83 -> 44.94 (+0.3 %)",
        "",
        List.of(
            cache(C6, Original.changed("28.90 -> 29.83 (+3.2 %)", 3.2)),
            cache(MIXED, Original.changed("Mixed 44.83 -> 44.94 (+0.3 %)", 0.3))),
        Set.of());
  }

  private static Baseline cache(String workload, Original original) {
    String rest = LEGACY + PLAIN_V1 + FULL + " " + CACHE;
    return Baseline.standard(
        workload, "cache off", rest + "0", new Variant("cache on", rest + "1", original));
  }

  /** The original's path with flatten against the one without, of the same cleared blocks. */
  private static Phase flattened(
      String name,
      String question,
      String heap,
      String figures,
      double percent,
      String counters,
      String note) {
    return new Phase(
        name,
        question,
        figures + "; " + counters,
        note,
        List.of(flattenOnOff(heap, FULL, Original.changed(figures, percent))),
        Set.of());
  }

  private static Baseline flattenOnOff(String heap, String zero, Original original) {
    return Baseline.standard(
        C6,
        "flatten off",
        heap + FLATTEN_OFF + zero,
        new Variant("flatten on", heap + FLATTEN_ON + zero, original));
  }

  private static Phase finalRows(String name, String question, String workload, Set<Extra> extras) {
    boolean known = workload.equals(C6);
    List<Baseline> baselines = new ArrayList<>();
    baselines.add(lengths(workload, 10_000, known, 5.0, 3.7, -5.1));
    baselines.add(lengths(workload, 100_000, known, -2.7, 6.1, 8.8));
    baselines.add(lengths(workload, 1_000_000, known, -0.2, -5.0, 2.0));
    return new Phase(
        name,
        question,
        known
            ? "at 10K, 100K and 1M ops: baseline 3.03 / 14.86 / 26.67;"
                + " header +5.0 / -2.7 / -0.2 %; flatten +3.7 / +6.1 / -5.0 %;"
                + " both -5.1 / +8.8 / +2.0 %; no crash"
            : "-",
        "The original's short rows are mostly start-up: compare them with the cold figures.",
        baselines,
        extras);
  }

  private static Baseline lengths(
      String workload, int ops, boolean known, double header, double flatten, double both) {
    return Baseline.standard(
            workload,
            "baseline",
            C6_PROFILE + FLATTEN_OFF + FULL,
            new Variant("zero header", C6_PROFILE + FLATTEN_OFF + HEADER, of(known, header)),
            new Variant("flatten", C6_PROFILE + FLATTEN_ON + FULL, of(known, flatten)),
            new Variant("both", C6_PROFILE + FLATTEN_ON + HEADER, of(known, both)))
        .withOps(ops);
  }

  private static Original of(boolean known, double percent) {
    return known
        ? Original.changed(String.format(Locale.ROOT, "%+.1f %%", percent), percent)
        : Original.NONE;
  }

  private static Phase full() {
    return new Phase(
        "full",
        "Does composition cost anything?",
        "layers in front of each other were over half of the cycles",
        "",
        List.of(
            Baseline.standard(
                MIXED,
                "flatten over v1 alone",
                LEGACY + SMALLMID_OFF + FLATTEN_ON + OFF,
                new Variant(
                    "tiny front, smallmid, flatten, v1",
                    C7_SAFE + SMALLMID_ON + FLATTEN_ON + OFF,
                    new Original("a composition should cost nothing", Claim.FREE)))),
        Set.of());
  }

  private static Phase flatten(String name, int threads) {
    return new Phase(
        name,
        "Does the flattened path pay when nothing is cleared, with threads: " + threads + "?",
        "-",
        "",
        List.of(flattenOnOff(LEGACY, OFF, Original.NONE).withThreads(threads)),
        Set.of());
  }
}
