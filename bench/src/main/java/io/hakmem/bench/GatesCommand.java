package io.hakmem.bench;

import io.hakmem.Compositions;
import io.hakmem.Compositions.GateInfo;
import io.hakmem.bench.option.CallOptions;
import io.hakmem.bench.option.GateOptions;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Mixin;

/** {@code hakmem gates}: every gate. */
@Command(
    name = "gates",
    description = {
      "Lists every gate: value, origin, box, meaning.",
      "Example: hakmem gates --profile THROUGHPUT"
    },
    mixinStandardHelpOptions = true)
final class GatesCommand implements Callable<Integer> {

  private static final int WIDTH = 80;
  private static final int INDENT = 4;

  @Mixin private CallOptions call;

  @Mixin private GateOptions options;

  /** A gate takes two lines and more: names, sources and meanings are too long for columns. */
  @Override
  public Integer call() {
    PrintWriter out = call.out();
    for (GateInfo gate : Compositions.gates(options.gates(), options.profile())) {
      out.println(gate.name() + "=" + gate.value() + "  (" + origin(gate) + ")");
      out.print(wrapped(gate.box() + ": " + gate.doc()));
    }
    out.flush();
    return 0;
  }

  private static String origin(GateInfo gate) {
    if (gate.source().equals("default")) {
      return "default";
    }
    String source = gate.source().equals("builder") ? "command line" : gate.source();
    return source + "; default " + (gate.defaultText().isEmpty() ? "empty" : gate.defaultText());
  }

  private static String wrapped(String text) {
    ColorScheme plain = new ColorScheme.Builder(Ansi.OFF).build();
    Column column = new Column(WIDTH, INDENT, Column.Overflow.WRAP);
    TextTable table = TextTable.forColumns(plain, column);
    table.indentWrappedLines = 0;
    table.addRowValues(text);
    return table.toString();
  }
}
