package io.hakmem.bench.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.bench.page.Table.Column;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tables on terminals have bars, others have none. */
final class TableTest {

  private record Row(String name, @Nullable Double speed, @Nullable String absent) {}

  private static final Table<Row> TABLE =
      new Table<>(
          "  ",
          List.of(
              Column.text("%-5s", "", Row::name),
              Column.barred("%7s", "speed\nM/s", 1, Row::speed),
              Column.text("%s", "last", _ -> "end")),
          Row::absent);

  private static final Row FAST = new Row("fast", 240.0, null);
  private static final Row SLOW = new Row("slow", 100.0, null);
  private static final Row UNKNOWN = new Row("new", null, null);
  private static final Row ABSENT = new Row("none", 9999.0, "absent: gone");

  private static List<String> onTerminal(Row... rows) {
    StringWriter text = new StringWriter();
    TABLE.print(Arrays.asList(rows), new TerminalWriter(text));
    return text.toString().lines().toList();
  }

  private static List<String> elsewhere(Row... rows) {
    StringWriter text = new StringWriter();
    TABLE.print(Arrays.asList(rows), new PrintWriter(text));
    return text.toString().lines().toList();
  }

  @Test
  void print_onATerminal_hasBarsOfWhichTheLargestFigureHasTheLongest() {
    assertThat(onTerminal(FAST, SLOW, UNKNOWN, ABSENT))
        .containsExactly(
            "          speed              last",
            "            M/s              ",
            "  fast    240.0 ############ end",
            "  slow    100.0 #####        end",
            "  new         -              end",
            "  none  absent: gone");
  }

  @Test
  void print_elsewhere_hasNoBars() {
    assertThat(elsewhere(FAST, SLOW))
        .containsExactly(
            "          speed last",
            "            M/s ",
            "  fast    240.0 end",
            "  slow    100.0 end");
  }

  @Test
  void print_figuresOfZeroAlone_haveNoBars() {
    assertThat(onTerminal(new Row("still", 0.0, null)).getLast())
        .isEqualTo("  still     0.0              end");
  }
}
