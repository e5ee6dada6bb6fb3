package io.hakmem.bench.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import io.hakmem.bench.result.Json;
import io.hakmem.bench.result.Provenance;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page that needs no other file and no network: a conclusion, the contents, and parts by their
 * kind, as the template {@code page.html.mustache} writes them. Its charts are data, which the
 * chart library inside the page draws.
 */
public final class HtmlPage {

  private static final Mustache.Compiler COMPILER =
      Mustache.compiler()
          .withEscaper(
              Escapers.simple(
                  new String[][] {
                    {"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&#39;"}
                  }));

  /** Whether a conclusion or a row is good news for what the page is about. */
  public enum Tone {
    /** It is. */
    GOOD,
    /** It is not. */
    BAD,
    /** Neither. */
    NEUTRAL,
    /** Nothing follows: the figures are too few or do not show what ran. */
    UNSURE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What the page comes to, in one sentence. */
  public record Conclusion(Tone tone, String sentence) {}

  private final String title;
  private final Conclusion conclusion;
  private final List<Map<String, Object>> parts = new ArrayList<>();
  private final List<Map<String, Object>> contents = new ArrayList<>();

  /** A page that has a title and a conclusion so far. */
  public HtmlPage(String title, Conclusion conclusion) {
    this.title = title;
    this.conclusion = conclusion;
  }

  /** The whole page. */
  public String end() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("title", title);
    fields.put("tone", conclusion.tone().toString());
    fields.put("conclusion", conclusion.sentence().replace(" %", "\u00a0%"));
    fields.put("contents", contents);
    fields.put("parts", parts);
    fields.put("style", resource("page.css"));
    fields.put("library", resource("echarts.min.js"));
    fields.put("script", resource("page.js"));
    return COMPILER.compile(resource("page.html.mustache")).execute(fields);
  }

  private static String resource(String name) {
    try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins a section, which the contents list. */
  public void section(String text) {
    String id = "section-" + (contents.size() + 1);
    contents.add(Map.of("id", id, "words", text));
    parts.add(Map.of("section", Map.of("id", id, "words", text)));
  }

  /** Begins a part of a section. */
  public void heading(String text) {
    parts.add(Map.of("heading", text));
  }

  /** Says where the figures come from. */
  public void provenance(Provenance from) {
    facts("Where and how it was measured", from.machine());
    if (from.command() != null) {
      parts.add(Map.of("code", "./hakmem " + from.command()));
    }
  }

  /** A section with a row for each field of a record; none without one. */
  public void facts(String name, @Nullable Object record) {
    if (record == null) {
      return;
    }
    section(name);
    rows(record);
  }

  /** A row for each field of a record; nothing without one. */
  public void rows(@Nullable Object record) {
    if (record == null) {
      return;
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    Json.fields(record)
        .forEach(
            (field, value) ->
                rows.add(Map.of("cells", List.of(text(field.replace('_', ' ')), text(value)))));
    parts.add(Map.of("table", Map.of("rows", rows)));
  }

  /** A paragraph, unless there is no text for it. */
  public void paragraph(String before, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      parts.add(Map.of("paragraph", before + text));
    }
  }

  /** Says that something failed, and of what configurations. */
  public void failure(String text, List<String> configurations) {
    parts.add(Map.of("failure", Map.of("reason", text, "configurations", configurations)));
  }

  /** The rows of a table, which readers can sort; the style of a row is the name of a tone. */
  public <R> void table(Table<R> table, List<R> rows, Function<? super R, String> style) {
    List<String> names =
        table.columns().stream()
            .map(column -> column.head().replace("/\n", "/").replace('\n', ' '))
            .toList();
    List<Map<String, Object>> shown =
        rows.stream()
            .map(
                row ->
                    Map.<String, Object>of("style", style.apply(row), "cells", cells(table, row)))
            .toList();
    parts.add(Map.of("table", Map.of("heads", Map.of("names", names), "rows", shown)));
  }

  private static <R> List<Map<String, Object>> cells(Table<R> table, R row) {
    String reason = table.absent().apply(row);
    if (reason == null) {
      return table.columns().stream()
          .map(column -> cell(column.kind(), column.text().apply(row)))
          .toList();
    }
    int span = table.columns().size() - 1;
    return List.of(
        text(table.columns().getFirst().text().apply(row)),
        Map.of("absent", Map.of("span", span, "why", reason)));
  }

  private static Map<String, Object> text(Object value) {
    return cell(Table.Kind.TEXT, String.valueOf(value));
  }

  private static Map<String, Object> cell(Table.Kind kind, String text) {
    return Map.of(kind.name().toLowerCase(Locale.ROOT), text);
  }

  /** A chart. */
  public void chart(Chart chart) {
    Map<String, Object> data = new LinkedHashMap<>(Json.fields(chart));
    data.put("kind", chart.kind());
    Map<String, String> legend = new LinkedHashMap<>();
    chart.legend().forEach((family, label) -> legend.put(family.key(), label));
    data.put("families", legend);
    // A chart's data is inside an element that ends with the first "</".
    String json = Json.text(data).replace("<", "\\u003c");
    parts.add(Map.of("chart", Map.of("title", chart.title(), "data", json)));
  }
}
