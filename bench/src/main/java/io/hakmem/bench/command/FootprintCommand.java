package io.hakmem.bench.command;

import io.hakmem.bench.footprint.Cell;
import io.hakmem.bench.footprint.Column;
import io.hakmem.bench.footprint.FootprintResult;
import io.hakmem.bench.footprint.FootprintResult.Measured;
import io.hakmem.bench.footprint.Row;
import io.hakmem.bench.footprint.Scale;
import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.fork.Fork;
import io.hakmem.bench.fork.Progress;
import io.hakmem.bench.option.CallOptions;
import io.hakmem.bench.option.GateOptions;
import io.hakmem.bench.option.PageOptions;
import io.hakmem.bench.report.FootprintPage;
import io.hakmem.bench.report.FootprintTable;
import io.hakmem.bench.result.Json;
import io.hakmem.bench.result.Machine;
import io.hakmem.bench.subject.SubjectKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hakmem footprint}: what waiting, idle and scattered programs cost in memory. */
@Command(
    name = "footprint",
    description = {
      "Measures the memory of programs that wait, idle or keep few of many blocks.",
      "A row is a program and a column is an allocator. Each cell says what stays "
          + "resident, and is measured in a JVM of its own. HAKMEM's figures are compared with a "
          + "bound.",
      "Example: hakmem footprint --row idle-program --subject hakmem,malloc"
    },
    mixinStandardHelpOptions = true)
public final class FootprintCommand implements Callable<Integer> {

  private static final String DECAY = "HAKMEM_DECAY_MS";

  private static final List<String> PROFILES = List.of("", "THROUGHPUT");

  private static final List<SubjectKind> SUBJECTS =
      List.of(
          SubjectKind.HAKMEM,
          SubjectKind.MALLOC,
          SubjectKind.MI_MALLOC,
          SubjectKind.NETTY_POOLED,
          SubjectKind.NETTY_ADAPTIVE);

  @Mixin private PageOptions result;

  @Mixin private GateOptions gates;

  @Option(
      names = "--row",
      paramLabel = "NAME",
      split = ",",
      description = "Only this program; repeat for more. --list shows all.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--subject",
      paramLabel = "NAME",
      split = ",",
      description =
          "Only this allocator; repeat for more. HAKMEM runs as it is and with THROUGHPUT, or "
              + "with --profile alone.")
  private List<SubjectKind> subjects = new ArrayList<>();

  @Option(
      names = "--decay-ms",
      paramLabel = "MS",
      defaultValue = "1000",
      description = "HAKMEM_DECAY_MS; all idle three times as long (${DEFAULT-VALUE}).")
  private int decayMs;

  @Option(
      names = "--size",
      paramLabel = "PART",
      defaultValue = "1",
      description = "The part of threads, blocks and bytes that is used (${DEFAULT-VALUE}).")
  private double size;

  @Option(names = "--long", description = "Also the programs that take minutes.")
  private boolean withLong;

  @Option(names = "--check", description = "End with 1 if HAKMEM misses a bound.")
  private boolean check;

  @Option(names = "--here", description = "Measure in this JVM, one cell after the other.")
  private boolean here;

  @Option(names = "--list", description = "Print the programs.")
  private boolean list;

  @Override
  public Integer call() throws Exception {
    result.check("--decay-ms", decayMs, 1, CallOptions.MAX_BUDGET_MS);
    if (!(size > 0 && size <= 1)) {
      throw result.wrong("--size=" + size + " must be above 0 and at most 1");
    }
    List<Row> rows = result.ofOption(() -> Row.of(names, withLong || list));
    List<Column> columns = columns();
    if (list) {
      rows.forEach(row -> result.out().printf("%-19s %s%n", row.name(), row.meaning()));
      return 0;
    }
    result.checkPage();
    FootprintResult measured = measure(rows, columns);
    result.print(
        measured,
        out -> FootprintTable.print(measured, out),
        () -> FootprintPage.of(measured, result.provenance()));
    return check && !measured.isHeld() ? 1 : 0;
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    for (SubjectKind kind : subjects.isEmpty() ? SUBJECTS : subjects) {
      if (!kind.isAllocator()) {
        throw result.wrong("--subject=" + kind + " is no allocator");
      }
      if (kind.isHakmem()) {
        profiles().map(profile -> new Column(kind, profile, allGates())).forEach(columns::add);
      } else {
        columns.add(new Column(kind, "", Map.of()));
      }
    }
    for (Column column : columns) {
      if (column.kind().isHakmem()) {
        SubjectKind.check(column.profile(), column.gates());
      }
    }
    return columns;
  }

  private Stream<String> profiles() {
    String profile = gates.profile();
    return profile == null ? PROFILES.stream() : Stream.of(profile);
  }

  private Map<String, String> allGates() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(DECAY, Integer.toString(decayMs));
    all.putAll(gates.gates());
    return all;
  }

  private FootprintResult measure(List<Row> rows, List<Column> columns)
      throws IOException, InterruptedException {
    List<Measured> measured = new ArrayList<>();
    Scale scale = new Scale(size, decayMs);
    try (ProgressBar bar = Progress.bar(rows.size() * columns.size())) {
      for (Row row : rows) {
        Map<Column, Cell> cells = new LinkedHashMap<>();
        for (Column column : columns) {
          bar.step().setExtraMessage(row.name() + ", " + column.name());
          if (row.takesPart().test(column.kind())) {
            cells.put(column, here ? row.measure(column, scale) : forked(row, column));
          }
        }
        measured.add(Measured.of(row, cells));
      }
    } finally {
      Progress.clear();
    }
    List<String> heads = columns.stream().map(Column::name).toList();
    return new FootprintResult(Machine.now(), scale, heads, measured);
  }

  private Cell forked(Row row, Column column) throws IOException, InterruptedException {
    List<String> call = new ArrayList<>(List.of("footprint", "--here", "--json"));
    call.addAll(List.of("--row", row.name(), "--subject", column.kind().toString()));
    call.addAll(List.of("--size", Double.toString(size), "--decay-ms", Integer.toString(decayMs)));
    if (column.kind().isHakmem()) {
      call.add("--profile=" + column.profile());
      call.addAll(GateOptions.options(null, column.gates()));
    }
    try {
      String output = new Fork(call, Map.of(), column.jvmOptions()).output();
      return Json.read(output, FootprintResult.class).rows().getFirst().cells().getFirst();
    } catch (CommandFailure e) {
      return Cell.failed(column, String.valueOf(e.getMessage()));
    }
  }
}
