package io.hakmem.bench.page;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Columns that rows of one kind are written in, for terminals and for pages.
 *
 * @param indent what stands before each line of a terminal
 * @param absent why a row has nothing but its first column, or null
 */
public record Table<R>(
    String indent, List<Column<R>> columns, Function<? super R, @Nullable String> absent) {

  private static final int BAR_LETTERS = 12;

  /**
   * A column.
   *
   * @param cell how a terminal formats it, such as {@code %9s}
   * @param kind what it is on a page
   * @param head one line or more
   * @param text what stands in a row
   * @param bar the figure that has a bar beside it on a terminal, or null
   */
  public record Column<R>(
      String cell,
      Kind kind,
      String head,
      Function<? super R, String> text,
      @Nullable Function<? super R, ? extends @Nullable Number> bar) {

    /** Words. */
    public static <R> Column<R> text(String cell, String head, Function<? super R, String> text) {
      return new Column<>(cell, Kind.TEXT, head, text, null);
    }

    /** A number that is written already. */
    public static <R> Column<R> number(String cell, String head, Function<? super R, String> text) {
      return new Column<>(cell, Kind.NUMBER, head, text, null);
    }

    /** A number with so many decimal places; a dash for none. */
    public static <R> Column<R> figure(
        String cell,
        String head,
        int digits,
        Function<? super R, ? extends @Nullable Number> figure) {
      return number(cell, head, row -> decimals(digits, figure.apply(row)));
    }

    /** A figure that is compared with those above and below it: a terminal has bars beside it. */
    public static <R> Column<R> barred(
        String cell,
        String head,
        int digits,
        Function<? super R, ? extends @Nullable Number> figure) {
      return barred(cell, head, digits, figure, figure);
    }

    /** The same where some rows have no bar: those for which it is null. */
    public static <R> Column<R> barred(
        String cell,
        String head,
        int digits,
        Function<? super R, ? extends @Nullable Number> figure,
        Function<? super R, ? extends @Nullable Number> bar) {
      return new Column<>(cell, Kind.NUMBER, head, row -> decimals(digits, figure.apply(row)), bar);
    }

    /** What a computer reads. */
    public static <R> Column<R> code(String head, Function<? super R, String> text) {
      return new Column<>("%s", Kind.CODE, head, text, null);
    }

    private String headLine(int line) {
      return head.lines().skip(line).findFirst().orElse("");
    }

    private double ofBar(R row) {
      Number value = bar == null ? null : bar.apply(row);
      return value == null || !Double.isFinite(value.doubleValue()) ? 0 : value.doubleValue();
    }
  }

  /** What a cell of a page holds. */
  public enum Kind {
    TEXT,
    NUMBER,
    CODE
  }

  /** A table of which every row has all columns. */
  public static <R> Table<R> of(String indent, List<Column<R>> columns) {
    return new Table<>(indent, columns, _ -> null);
  }

  /** Prints the heads and a line for each row. */
  public void print(Iterable<R> rows, PrintWriter out) {
    double longest = largest(rows);
    printHeads(out);
    rows.forEach(row -> print(row, longest, out));
  }

  /** The largest figure of those that have bars. */
  public double largest(Iterable<R> rows) {
    double largest = 0;
    for (R row : rows) {
      if (absent.apply(row) == null) {
        for (Column<R> column : columns) {
          largest = Math.max(largest, column.ofBar(row));
        }
      }
    }
    return largest;
  }

  /** Prints the heads alone. */
  public void printHeads(PrintWriter out) {
    long lines = columns.stream().mapToLong(column -> column.head.lines().count()).max().orElse(0);
    for (int line = 0; line < lines; line++) {
      int shown = line;
      print(column -> column.headLine(shown), _ -> 0, out);
    }
  }

  /**
   * Prints a line.
   *
   * @param longest the figure whose bar has the whole length
   */
  public void print(R row, double longest, PrintWriter out) {
    String reason = absent.apply(row);
    if (reason == null) {
      print(column -> column.text.apply(row), column -> column.ofBar(row) / longest, out);
    } else {
      Column<R> first = columns.getFirst();
      out.println(indent + first.cell.formatted(first.text.apply(row)) + " " + reason);
    }
  }

  private void print(
      Function<Column<R>, String> text, ToDoubleFunction<Column<R>> part, PrintWriter out) {
    List<String> cells = new ArrayList<>();
    for (Column<R> column : columns) {
      cells.add(column.cell.formatted(text.apply(column)));
      if (column.bar != null && out instanceof TerminalWriter) {
        cells.add(bar(part.applyAsDouble(column)));
      }
    }
    out.println(indent + String.join(" ", cells));
  }

  private static String bar(double part) {
    int length = (int) Math.round(BAR_LETTERS * part);
    return "#".repeat(length) + " ".repeat(BAR_LETTERS - length);
  }

  /** The same in every country; what was not measured is a dash. */
  public static String decimals(int digits, @Nullable Number value) {
    return value == null || !Double.isFinite(value.doubleValue())
        ? "-"
        : String.format(Locale.ROOT, "%." + digits + "f", value.doubleValue());
  }
}
