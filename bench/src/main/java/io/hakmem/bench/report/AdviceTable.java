package io.hakmem.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/** Recommendations for terminals. */
public final class AdviceTable {

  private AdviceTable() {}

  /** Prints one block for each workload and length. */
  public static void print(JsonNode advice, PrintWriter out) {
    for (JsonNode entry : advice) {
      out.println(entry.path("workload").asText());
      if (entry.has("failed")) {
        out.println("  FAILED: " + entry.path("failed").asText());
      } else if (entry.has("absent")) {
        out.println("  not in the report; " + entry.path("absent").asText());
      } else {
        out.println("  original: " + entry.path("original").asText());
        print("cold", entry.path("cold"), out);
        print("steady", entry.path("steady"), out);
      }
    }
    out.flush();
  }

  private static void print(String name, JsonNode choice, PrintWriter out) {
    String verdict = choice.has("verdict") ? ", " + choice.path("verdict").asText() : "";
    out.printf(
        "  %-8s take: %s; best median: %s, %s M ops/s%s%n",
        name,
        choice.path("advice").asText(),
        choice.path("best").asText(),
        PhaseTable.decimals(2, choice.path("mops")),
        verdict);
  }
}
