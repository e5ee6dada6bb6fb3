package io.hakmem.bench.page;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Columns that rows of one kind are written in, for terminals and for pages.
 *
 * @param indent what stands before each line of a terminal
 * @param absent why a row has nothing but its first column, or null
 */
public record Table<R>(
    String indent, List<Column<R>> columns, Function<? super R, @Nullable String> absent) {

  /**
   * A column.
   *
   * @param cell how a terminal formats it, such as {@code %9s}
   * @param kind what it is on a page
   * @param head one line or more
   * @param text what stands in a row
   */
  public record Column<R>(String cell, Kind kind, String head, Function<? super R, String> text) {

    /** Words. */
    public static <R> Column<R> text(String cell, String head, Function<? super R, String> text) {
      return new Column<>(cell, Kind.TEXT, head, text);
    }

    /** A number that is written already. */
    public static <R> Column<R> number(String cell, String head, Function<? super R, String> text) {
      return new Column<>(cell, Kind.NUMBER, head, text);
    }

    /** A number with so many decimal places; a dash for none. */
    public static <R> Column<R> figure(
        String cell,
        String head,
        int digits,
        Function<? super R, ? extends @Nullable Number> figure) {
      return number(cell, head, row -> decimals(digits, figure.apply(row)));
    }

    /** What a computer reads. */
    public static <R> Column<R> code(String head, Function<? super R, String> text) {
      return new Column<>("%s", Kind.CODE, head, text);
    }

    private String headLine(int line) {
      return head.lines().skip(line).findFirst().orElse("");
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
    printHeads(out);
    rows.forEach(row -> print(row, out));
  }

  /** Prints the heads alone. */
  public void printHeads(PrintWriter out) {
    long lines = columns.stream().mapToLong(column -> column.head.lines().count()).max().orElse(0);
    for (int line = 0; line < lines; line++) {
      int shown = line;
      print(column -> column.headLine(shown), out);
    }
  }

  /** Prints a line. */
  public void print(R row, PrintWriter out) {
    String reason = absent.apply(row);
    if (reason == null) {
      print(column -> column.text.apply(row), out);
    } else {
      Column<R> first = columns.getFirst();
      out.println(indent + first.cell.formatted(first.text.apply(row)) + " " + reason);
    }
  }

  private void print(Function<Column<R>, String> text, PrintWriter out) {
    List<String> cells =
        columns.stream().map(column -> column.cell.formatted(text.apply(column))).toList();
    out.println(indent + String.join(" ", cells));
  }

  /** The same in every country; what was not measured is a dash. */
  public static String decimals(int digits, @Nullable Number value) {
    return value == null || !Double.isFinite(value.doubleValue())
        ? "-"
        : String.format(Locale.ROOT, "%." + digits + "f", value.doubleValue());
  }
}
