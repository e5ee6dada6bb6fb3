package io.hakmem.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.fork.Fork;
import io.hakmem.bench.fork.Progress;
import io.hakmem.bench.report.PeerTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Measures HAKMEM and its peers, each in its own JVM, interleaved. Like with like: with cleared
 * blocks it meets the entries that clear, without the plain ones. If no profile is chosen, the
 * second is {@code THROUGHPUT}, so that the defaults are shown beside what they cost.
 */
final class PeerComparison {

  private static final String ZERO_MODE = "HAKMEM_POOL_ZERO_MODE";
  private static final String CLEARED = "hakmem zero=full";
  private static final String PLAIN = "hakmem zero=off";
  private static final String THROUGHPUT = "THROUGHPUT";
  private static final String FLOOR = "floor";

  private final int rounds;
  private final long budgetNs;
  private final List<String> arguments;
  private final Map<String, List<String>> rows = new LinkedHashMap<>();
  private final PeerTable table;
  private final String cleared;
  private final String plain;

  /** The arguments are those of the measuring command, with all options but the subject's. */
  PeerComparison(
      String title, int rounds, long budgetSeconds, List<String> arguments, GateOptions gates) {
    this.rounds = rounds;
    this.arguments = arguments;
    budgetNs = TimeUnit.SECONDS.toNanos(budgetSeconds);
    table = new PeerTable(title, FLOOR);
    String chosen = gates.effectiveProfile();
    cleared = addHakmem(CLEARED, chosen, "full", gates);
    addPeer("calloc", cleared);
    addPeer("mi-zalloc", cleared);
    plain =
        chosen.isEmpty()
            ? addHakmem("hakmem " + THROUGHPUT, THROUGHPUT, "off", gates)
            : addHakmem(PLAIN, chosen, "off", gates);
    addPeer("malloc", plain);
    addPeer("mi-malloc", plain);
    addPeer(FLOOR, plain);
  }

  private String addHakmem(String row, String profile, String zeroMode, GateOptions gates) {
    List<String> options = new ArrayList<>();
    if (!profile.isEmpty()) {
      options.addAll(List.of("--profile", profile));
    }
    gates.gates().forEach((gate, value) -> options.addAll(List.of("--set", gate + "=" + value)));
    options.addAll(List.of("--set", ZERO_MODE + "=" + zeroMode));
    rows.put(row, options);
    table.addRow(row, row);
    return row;
  }

  private void addPeer(String subject, String hakmem) {
    rows.put(subject, List.of("--subject", subject));
    table.addRow(subject, hakmem);
  }

  /** Runs the rounds that fit into the budget, one at least. */
  PeerTable run() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    long longestNs = 0;
    for (int round = 1; round <= rounds; round++) {
      long roundBegin = System.nanoTime();
      if (round > 1 && roundBegin - begin + longestNs > budgetNs) {
        break;
      }
      for (Map.Entry<String, List<String>> row : rows.entrySet()) {
        Progress.show("round " + round + " of at most " + rounds + ": " + row.getKey());
        measure(row.getKey(), row.getValue());
      }
      longestNs = Math.max(longestNs, System.nanoTime() - roundBegin);
    }
    Progress.clear();
    return table;
  }

  private void measure(String row, List<String> options) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(options);
    all.add("--json");
    try {
      table.add(row, new Fork(all).run());
    } catch (CommandFailure e) {
      if (row.equals(cleared) || row.equals(plain)) {
        throw e;
      }
      table.addAbsent(row, String.valueOf(e.getMessage()));
    }
  }

  static void print(List<PeerTable> tables, boolean json, PrintWriter out) throws IOException {
    if (!json) {
      tables.forEach(table -> table.print(out));
      return;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    tables.forEach(table -> fields.put(table.title(), table.fields()));
    out.println(new JsonMapper().writeValueAsString(fields));
    out.flush();
  }
}
