package io.hakmem.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A reproduction as one page that needs no other file and no network. */
public final class HtmlReport {

  private final HtmlPage page = new HtmlPage("HAKMEM: the experiments");

  private HtmlReport() {}

  /** The page of a report. */
  public static String of(JsonNode report) {
    HtmlReport html = new HtmlReport();
    html.page.facts("machine", report.path("machine"));
    html.page.facts("plan", report.path("plan"));
    html.overview(report.path("phases"));
    report.path("phases").forEach(html::phase);
    return html.page.end();
  }

  private void overview(JsonNode phases) {
    page.append("<h2>overview</h2>\n<table>\n");
    page.row("th", List.of("phase", "row", "original", "steady B/A, 95 % interval", "verdict"));
    for (JsonNode phase : phases) {
      for (JsonNode row : phase.path("rows")) {
        String verdict = row.has("failed") ? "FAILED" : row.path("verdict").asText();
        page.append("<tr class=\"").append(HtmlPage.escaped(verdict)).append("\">");
        page.cell("td", phase.path("name").asText());
        page.cell("td", workloadOf(row) + row.path("label").asText());
        page.cell("td", row.path("original").asText());
        page.cell("td", row.has("failed") ? row.path("failed").asText() : ratio(row.path("b")));
        page.cell("td", verdict);
        page.append("</tr>\n");
      }
    }
    page.append("</table>\n");
  }

  private static String workloadOf(JsonNode row) {
    return row.path("workload").asText().replaceFirst(",.*: mid-large-mt", ":") + ": ";
  }

  private static String ratio(JsonNode side) {
    return PhaseTable.decimals(3, side.path("steady_ratio"))
        + " ("
        + PhaseTable.interval(side)
        + ")";
  }

  private void phase(JsonNode phase) {
    page.append("<h2>").append(HtmlPage.escaped(phase.path("name").asText())).append("</h2>\n");
    page.paragraph("FAILED: ", phase.path("failed"));
    page.paragraph("", phase.path("question"));
    page.paragraph("The original: ", phase.path("original"));
    page.paragraph("", phase.path("note"));
    measured(phase).forEach(this::charts);
    phase.path("rows").forEach(this::comparison);
    symbols(phase.path("hot_symbols"));
    if (phase.has("crash_test")) {
      page.facts("crash test", phase.path("crash_test"));
    }
  }

  /** The rows that have figures, by their load: loads of different length share no scale. */
  private static Map<String, List<JsonNode>> measured(JsonNode phase) {
    Map<String, List<JsonNode>> rows = new LinkedHashMap<>();
    for (JsonNode row : phase.path("rows")) {
      if (!row.has("failed")) {
        rows.computeIfAbsent(row.path("workload").asText(), _ -> new ArrayList<>()).add(row);
      }
    }
    return rows;
  }

  private void charts(String load, List<JsonNode> rows) {
    String cold = load + ": cold";
    String steady = load + ": steady state";
    String ratios = load + ": steady state against the baseline";
    page.chart(cold, () -> Charts.medians(rows, "cold_mops", cold));
    page.chart(steady, () -> Charts.medians(rows, "steady_mops", steady));
    page.chart(ratios, () -> Charts.ratios(rows, ratios));
  }

  private void comparison(JsonNode row) {
    page.append("<h3>").append(HtmlPage.escaped(workloadOf(row) + row.path("label").asText()));
    page.append("</h3>\n");
    if (row.has("failed")) {
      page.append("<p class=\"FAILED\">FAILED: ")
          .append(HtmlPage.escaped(row.path("failed").asText()));
      page.append("</p>\n<p><code>").append(HtmlPage.escaped(row.path("configuration_a").asText()));
      page.append("</code><br><code>")
          .append(HtmlPage.escaped(row.path("configuration_b").asText()));
      page.append("</code></p>\n");
      return;
    }
    page.append("<table>\n");
    page.row("th", List.of("", "configuration", "cold", "steady", "steady/A", "counters"));
    side(row, "a", "A: " + row.path("baseline").asText(), row.path("evidence_a"));
    side(row, "b", "B: " + row.path("label").asText(), row.path("evidence_b"));
    side(row, "control", "control", row.path("none"));
    page.append("</table>\n");
    page.paragraph("Void: ", row.path("void"));
    row.path("dropped").forEach(reason -> page.paragraph("Dropped: ", reason));
    page.paragraph("The original: ", row.path("original"));
    page.paragraph(
        "Cold, " + row.path("cold_verdict").asText() + ": ", row.path("cold_conclusion"));
    page.paragraph("Steady, " + row.path("verdict").asText() + ": ", row.path("conclusion"));
  }

  private void side(JsonNode row, String name, String label, JsonNode evidence) {
    JsonNode side = row.path(name);
    page.append("<tr>");
    page.cell("td", label);
    page.append("<td><code>").append(HtmlPage.escaped(side.path("configuration").asText()));
    page.append("</code></td>");
    page.number(PhaseTable.decimals(2, side.path("cold_mops")));
    page.number(PhaseTable.decimals(2, side.path("steady_mops")));
    page.number(side.has("steady_ratio") ? ratio(side) : "");
    page.append("<td><code>")
        .append(HtmlPage.escaped(evidence.asText()))
        .append("</code></td></tr>\n");
  }

  private void symbols(JsonNode symbols) {
    if (symbols.isMissingNode()) {
      return;
    }
    page.append("<h3>hot symbols</h3>\n");
    if (symbols.has("failed")) {
      page.paragraph("FAILED: ", symbols.path("failed"));
      return;
    }
    page.chart("Self time by box", () -> Charts.boxes(symbols));
    page.paragraph("Samples: ", symbols.path("samples"));
    page.append("<table>\n");
    page.row("th", List.of("self %", "box", "symbol"));
    for (JsonNode symbol : symbols.path("symbols")) {
      page.append("<tr>");
      page.number(symbol.path("self_percent").asText());
      page.cell("td", symbol.path("box").asText());
      page.cell("td", symbol.path("symbol").asText());
      page.append("</tr>\n");
    }
    page.append("</table>\n");
  }
}
