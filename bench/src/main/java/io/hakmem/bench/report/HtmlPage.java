package io.hakmem.bench.report;

import io.hakmem.bench.report.Table.Kind;
import io.hakmem.bench.result.Json;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A page that needs no other file and no network, written from its top to its end. */
final class HtmlPage {

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>{title}</title>
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
      <h1>{title}</h1>
      """;

  private final StringBuilder html = new StringBuilder();

  HtmlPage(String title) {
    html.append(HEAD.replace("{title}", escaped(title)));
  }

  /** Ends the page and returns it. */
  String end() {
    return html.append("</body>\n</html>\n").toString();
  }

  void heading(int level, String text) {
    html.append("<h%d>%s</h%d>\n".formatted(level, escaped(text), level));
  }

  /** A row for each field of a record. */
  void facts(String title, Object record) {
    heading(2, title);
    html.append("<table>\n");
    Json.fields(record)
        .forEach(
            (name, value) ->
                html.append("<tr>")
                    .append(cell(Kind.TEXT, name.replace('_', ' ')))
                    .append(cell(Kind.TEXT, String.valueOf(value)))
                    .append("</tr>\n"));
    html.append("</table>\n");
  }

  void paragraph(String before, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      html.append("<p>").append(escaped(before + text)).append("</p>\n");
    }
  }

  /** Says that something failed, and of what configurations. */
  void failure(String text, List<String> configurations) {
    html.append("<p class=\"FAILED\">").append(escaped(text)).append("</p>\n");
    configurations.forEach(one -> html.append("<p><code>" + escaped(one) + "</code></p>\n"));
  }

  /** The rows of a table; a style marks what its rows are. */
  <R> void table(Table<R> table, List<R> rows, Function<? super R, String> style) {
    html.append("<table>\n<tr>");
    table
        .columns()
        .forEach(
            column ->
                html.append(
                    "<th>"
                        + escaped(column.head().replace("/\n", "/").replace('\n', ' '))
                        + "</th>"));
    html.append("</tr>\n");
    for (R row : rows) {
      html.append("<tr class=\"").append(escaped(style.apply(row))).append("\">");
      cells(table, row).forEach(html::append);
      html.append("</tr>\n");
    }
    html.append("</table>\n");
  }

  private static <R> List<String> cells(Table<R> table, R row) {
    String reason = table.absent().apply(row);
    if (reason == null) {
      return table.columns().stream()
          .map(column -> cell(column.kind(), column.text().apply(row)))
          .toList();
    }
    return List.of(
        cell(Kind.TEXT, table.columns().getFirst().text().apply(row)),
        "<td class=\"FAILED\" colspan=\"%d\">%s</td>"
            .formatted(table.columns().size() - 1, escaped(reason)));
  }

  private static String cell(Kind kind, String text) {
    return switch (kind) {
      case TEXT -> "<td>" + escaped(text) + "</td>";
      case NUMBER -> "<td class=\"n\">" + escaped(text) + "</td>";
      case CODE -> "<td><code>" + escaped(text) + "</code></td>";
    };
  }

  /** A system without fonts can draw no text: the page then says so in the picture's place. */
  void chart(String title, String unit, Consumer<Charts> bars) {
    String picture;
    try {
      Charts chart = new Charts(title, unit);
      bars.accept(chart);
      picture = Base64.getEncoder().encodeToString(chart.png());
    } catch (IOException | RuntimeException | LinkageError | InternalError e) {
      failure(title + ": no chart, " + e, List.of());
      return;
    }
    html.append("<p><img alt=\"").append(escaped(title));
    html.append("\" src=\"data:image/png;base64,").append(picture).append("\"></p>\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
