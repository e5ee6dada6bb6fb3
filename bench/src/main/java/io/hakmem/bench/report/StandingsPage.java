package io.hakmem.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Peers as one page that needs no other file and no network. */
public final class StandingsPage {

  private static final List<String> HEADS =
      List.of(
          "",
          "cold M/s",
          "steady M/s",
          "net ns per op",
          "hakmem/it",
          "95 % interval",
          "peak MiB",
          "retained MiB",
          "of its peak",
          "p99.9 ns",
          "max us",
          "what it is");

  private StandingsPage() {}

  /** The page of a comparison. */
  public static String of(JsonNode standings) {
    JsonNode rows = standings.path("rows");
    HtmlPage page = new HtmlPage("HAKMEM and its peers: " + standings.path("title").asText());
    page.append("<table>\n");
    page.row("th", HEADS);
    rows.forEach(row -> line(page, row));
    page.append("</table>\n");
    chart(page, rows, "steady_mops", "Steady state", "M operations/s");
    chart(page, rows, "net_ns", "Time above the loop without an allocator", "ns");
    chart(page, rows, "allocate_p999_ns", "99.9 % of allocations take at most", "ns");
    chart(page, rows, "peak_rss_growth_bytes", "Growth under the load", "bytes");
    page.facts("machine", standings.path("machine"));
    page.facts("plan", standings.path("plan"));
    return page.end();
  }

  private static void line(HtmlPage page, JsonNode row) {
    page.append("<tr>");
    page.cell("td", row.path("name").asText());
    if (row.has("absent")) {
      page.append("<td class=\"FAILED\" colspan=\"" + (HEADS.size() - 1) + "\">absent: ");
      page.append(HtmlPage.escaped(row.path("absent").asText())).append("</td>");
    } else {
      StandingsTable.figures(row).forEach(page::number);
      page.cell("td", row.path("meaning").asText() + "; " + firstLine(row.path("composition")));
    }
    page.append("</tr>\n");
  }

  private static String firstLine(JsonNode composition) {
    return composition.asText().lines().findFirst().orElse("");
  }

  private static void chart(HtmlPage page, JsonNode rows, String field, String title, String unit) {
    if (!rows.findValues(field).isEmpty()) {
      page.chart(title, () -> Charts.bars(rows, field, title, unit));
    }
  }
}
