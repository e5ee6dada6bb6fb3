package io.hakmem.bench.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import io.hakmem.bench.result.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page that needs no other file and no network, from its top to its end: parts by their kind, as
 * the template {@code page.html.mustache} writes them.
 */
final class HtmlPage {

  private static final Mustache.Compiler COMPILER =
      Mustache.compiler()
          .withEscaper(
              Escapers.simple(
                  new String[][] {
                    {"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&#39;"}
                  }));

  private final String title;
  private final List<Map<String, Object>> parts = new ArrayList<>();

  HtmlPage(String title) {
    this.title = title;
  }

  /** The whole page. */
  String end() {
    String template = "page.html.mustache";
    try (InputStream in = HtmlPage.class.getResourceAsStream(template)) {
      String text = new String(Objects.requireNonNull(in, template).readAllBytes(), UTF_8);
      return COMPILER.compile(text).execute(Map.of("title", title, "parts", parts));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void heading(int level, String text) {
    parts.add(Map.of("heading", Map.of("level", level, "words", text)));
  }

  /** A row for each field of a record. */
  void facts(String name, Object record) {
    heading(2, name);
    List<Map<String, Object>> rows = new ArrayList<>();
    Json.fields(record)
        .forEach(
            (field, value) ->
                rows.add(Map.of("cells", List.of(text(field.replace('_', ' ')), text(value)))));
    parts.add(Map.of("table", Map.of("rows", rows)));
  }

  void paragraph(String before, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      parts.add(Map.of("paragraph", before + text));
    }
  }

  /** Says that something failed, and of what configurations. */
  void failure(String text, List<String> configurations) {
    parts.add(Map.of("failure", Map.of("reason", text, "configurations", configurations)));
  }

  /** The rows of a table; a style marks what its rows are. */
  <R> void table(Table<R> table, List<R> rows, Function<? super R, String> style) {
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

  /** A system without fonts can draw no text: the page then says so in the picture's place. */
  void chart(String name, String unit, Consumer<Charts> bars) {
    try {
      Charts chart = new Charts(name, unit);
      bars.accept(chart);
      String picture = Base64.getEncoder().encodeToString(chart.png());
      parts.add(Map.of("chart", Map.of("name", name, "picture", picture)));
    } catch (IOException | RuntimeException | LinkageError | InternalError e) {
      failure(name + ": no chart, " + e, List.of());
    }
  }
}
