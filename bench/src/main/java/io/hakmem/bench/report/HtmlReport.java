package io.hakmem.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A reproduction as one page that needs no other file and no network. */
public final class HtmlReport {

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>HAKMEM: the experiments</title>
      <style>
      body { font: 15px/1.45 sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
      table { border-collapse: collapse; margin: 0.6rem 0; }
      th, td { border: 1px solid #bbb; padding: 0.2rem 0.5rem; text-align: left;
        vertical-align: top; }
      td.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
      code { font-size: 85%; overflow-wrap: anywhere; }
      img { max-width: 100%; }
      .GO { background: #cfc; } .NO-GO { background: #fdd; }
      .VOID, .FAILED { background: #fe9; }
      </style>
      </head>
      <body>
      <h1>HAKMEM: the experiments</h1>
      """;

  private final StringBuilder page = new StringBuilder(HEAD);

  private HtmlReport() {}

  /** The page of a report. */
  public static String of(JsonNode report) {
    HtmlReport html = new HtmlReport();
    html.facts("machine", report.path("machine"));
    html.facts("plan", report.path("plan"));
    html.overview(report.path("phases"));
    report.path("phases").forEach(html::phase);
    return html.page.append("</body>\n</html>\n").toString();
  }

  private void facts(String title, JsonNode facts) {
    page.append("<h2>").append(escaped(title)).append("</h2>\n<table>\n");
    for (Map.Entry<String, JsonNode> fact : facts.properties()) {
      row("td", List.of(fact.getKey().replace('_', ' '), fact.getValue().asText()));
    }
    page.append("</table>\n");
  }

  private void overview(JsonNode phases) {
    page.append("<h2>overview</h2>\n<table>\n");
    row("th", List.of("phase", "row", "original", "steady B/A, 95 % interval", "verdict"));
    for (JsonNode phase : phases) {
      for (JsonNode row : phase.path("rows")) {
        String verdict = row.has("failed") ? "FAILED" : row.path("verdict").asText();
        page.append("<tr class=\"").append(escaped(verdict)).append("\">");
        cell("td", phase.path("name").asText());
        cell("td", workloadOf(row) + row.path("label").asText());
        cell("td", row.path("original").asText());
        cell("td", row.has("failed") ? row.path("failed").asText() : ratio(row.path("b")));
        cell("td", verdict);
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
    page.append("<h2>").append(escaped(phase.path("name").asText())).append("</h2>\n");
    paragraph("FAILED: ", phase.path("failed"));
    paragraph("", phase.path("question"));
    paragraph("The original: ", phase.path("original"));
    paragraph("", phase.path("note"));
    measured(phase).forEach(this::charts);
    phase.path("rows").forEach(this::comparison);
    symbols(phase.path("hot_symbols"));
    if (phase.has("crash_test")) {
      facts("crash test", phase.path("crash_test"));
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
    chart(cold, () -> Charts.medians(rows, "cold_mops", cold));
    chart(steady, () -> Charts.medians(rows, "steady_mops", steady));
    chart(ratios, () -> Charts.ratios(rows, ratios));
  }

  private void paragraph(String before, JsonNode text) {
    if (!text.asText().isEmpty()) {
      page.append("<p>").append(escaped(before + text.asText())).append("</p>\n");
    }
  }

  /** Draws a chart. */
  @FunctionalInterface
  private interface Drawing {
    String draw() throws IOException;
  }

  /** A system without fonts can draw no text: the page then says so in the picture's place. */
  private void chart(String name, Drawing drawing) {
    String picture;
    try {
      picture = drawing.draw();
    } catch (IOException | RuntimeException | LinkageError | InternalError e) {
      page.append("<p class=\"FAILED\">").append(escaped(name + ": no chart, " + e));
      page.append("</p>\n");
      return;
    }
    page.append("<p><img alt=\"").append(escaped(name)).append("\" src=\"");
    page.append(picture).append("\"></p>\n");
  }

  private void comparison(JsonNode row) {
    page.append("<h3>").append(escaped(workloadOf(row) + row.path("label").asText()));
    page.append("</h3>\n");
    if (row.has("failed")) {
      page.append("<p class=\"FAILED\">FAILED: ").append(escaped(row.path("failed").asText()));
      page.append("</p>\n<p><code>").append(escaped(row.path("configuration_a").asText()));
      page.append("</code><br><code>").append(escaped(row.path("configuration_b").asText()));
      page.append("</code></p>\n");
      return;
    }
    page.append("<table>\n");
    row("th", List.of("", "configuration", "cold", "steady", "steady/A", "counters"));
    side(row, "a", "A: " + row.path("baseline").asText(), row.path("evidence_a"));
    side(row, "b", "B: " + row.path("label").asText(), row.path("evidence_b"));
    side(row, "control", "control", row.path("none"));
    page.append("</table>\n");
    paragraph("Void: ", row.path("void"));
    row.path("dropped").forEach(reason -> paragraph("Dropped: ", reason));
    paragraph("The original: ", row.path("original"));
    paragraph("Cold, " + row.path("cold_verdict").asText() + ": ", row.path("cold_conclusion"));
    paragraph("Steady, " + row.path("verdict").asText() + ": ", row.path("conclusion"));
  }

  private void side(JsonNode row, String name, String label, JsonNode evidence) {
    JsonNode side = row.path(name);
    page.append("<tr>");
    cell("td", label);
    page.append("<td><code>").append(escaped(side.path("configuration").asText()));
    page.append("</code></td>");
    number(PhaseTable.decimals(2, side.path("cold_mops")));
    number(PhaseTable.decimals(2, side.path("steady_mops")));
    number(side.has("steady_ratio") ? ratio(side) : "");
    page.append("<td><code>").append(escaped(evidence.asText())).append("</code></td></tr>\n");
  }

  private void symbols(JsonNode symbols) {
    if (symbols.isMissingNode()) {
      return;
    }
    page.append("<h3>hot symbols</h3>\n");
    if (symbols.has("failed")) {
      paragraph("FAILED: ", symbols.path("failed"));
      return;
    }
    chart("Self time by box", () -> Charts.boxes(symbols));
    paragraph("Samples: ", symbols.path("samples"));
    page.append("<table>\n");
    row("th", List.of("self %", "box", "symbol"));
    for (JsonNode symbol : symbols.path("symbols")) {
      page.append("<tr>");
      number(symbol.path("self_percent").asText());
      cell("td", symbol.path("box").asText());
      cell("td", symbol.path("symbol").asText());
      page.append("</tr>\n");
    }
    page.append("</table>\n");
  }

  private void row(String kind, List<String> cells) {
    page.append("<tr>");
    cells.forEach(cell -> cell(kind, cell));
    page.append("</tr>\n");
  }

  private void number(String text) {
    page.append("<td class=\"n\">").append(escaped(text)).append("</td>");
  }

  private void cell(String kind, String text) {
    page.append('<').append(kind).append('>').append(escaped(text));
    page.append("</").append(kind).append('>');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
