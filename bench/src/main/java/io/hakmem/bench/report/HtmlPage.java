package io.hakmem.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;

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

  /** Adds markup as it is. */
  HtmlPage append(String markup) {
    html.append(markup);
    return this;
  }

  HtmlPage append(char letter) {
    html.append(letter);
    return this;
  }

  /** Ends the page and returns it. */
  String end() {
    return html.append("</body>\n</html>\n").toString();
  }

  void facts(String title, JsonNode facts) {
    html.append("<h2>").append(escaped(title)).append("</h2>\n<table>\n");
    for (Map.Entry<String, JsonNode> fact : facts.properties()) {
      row("td", List.of(fact.getKey().replace('_', ' '), fact.getValue().asText()));
    }
    html.append("</table>\n");
  }

  void paragraph(String before, JsonNode text) {
    if (!text.asText().isEmpty()) {
      html.append("<p>").append(escaped(before + text.asText())).append("</p>\n");
    }
  }

  /** Draws a chart. */
  @FunctionalInterface
  interface Drawing {
    String draw() throws IOException;
  }

  /** A system without fonts can draw no text: the page then says so in the picture's place. */
  void chart(String name, Drawing drawing) {
    String picture;
    try {
      picture = drawing.draw();
    } catch (IOException | RuntimeException | LinkageError | InternalError e) {
      html.append("<p class=\"FAILED\">").append(escaped(name + ": no chart, " + e));
      html.append("</p>\n");
      return;
    }
    html.append("<p><img alt=\"").append(escaped(name)).append("\" src=\"");
    html.append(picture).append("\"></p>\n");
  }

  void row(String kind, List<String> cells) {
    html.append("<tr>");
    cells.forEach(cell -> cell(kind, cell));
    html.append("</tr>\n");
  }

  void number(String text) {
    html.append("<td class=\"n\">").append(escaped(text)).append("</td>");
  }

  void cell(String kind, String text) {
    html.append('<').append(kind).append('>').append(escaped(text));
    html.append("</").append(kind).append('>');
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
