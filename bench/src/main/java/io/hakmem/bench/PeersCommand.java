package io.hakmem.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hakmem.HakAllocator;
import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.fork.Progress;
import io.hakmem.bench.gauge.Measure;
import io.hakmem.bench.peer.SubjectKind;
import io.hakmem.bench.report.Machine;
import io.hakmem.bench.report.StandingsPage;
import io.hakmem.bench.report.StandingsTable;
import io.hakmem.bench.rivals.Contest;
import io.hakmem.bench.rivals.Processes;
import io.hakmem.bench.rivals.Rival;
import io.hakmem.bench.rivals.Rivals;
import io.hakmem.bench.rivals.Standings;
import io.hakmem.bench.workload.Catalogue;
import io.hakmem.bench.workload.Census;
import io.hakmem.bench.workload.Plan;
import io.hakmem.bench.workload.TraceException;
import io.hakmem.bench.workload.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hakmem peers}: HAKMEM beside every other allocator. */
@Command(
    name = "peers",
    description = {
      "Measures HAKMEM and its peers under one load, native ones by a driver in C.",
      "A round measures each in a process of its own; nobody clears blocks.",
      "docs/peers.md says what each column means."
    },
    mixinStandardHelpOptions = true)
final class PeersCommand implements Callable<Integer> {

  private static final int MAX_THREADS = 1024;
  private static final int MAX_ROUNDS = 10_000;
  private static final int MAX_BUDGET_MS = 3_600_000;
  private static final int MOST_WARM_UP = 10_000;
  private static final int MOST_RUNS = 1000;

  /** In budgets. A loop that has not yet met its slow paths is compiled twice. */
  private static final int JVM_WARM_UP = 3;

  private static final String ZERO_MODE = "HAKMEM_POOL_ZERO_MODE";
  private static final String DEFAULT_PROFILE = "THROUGHPUT";

  @Spec private CommandSpec spec;

  @Mixin private GateOptions gates;

  @Option(
      names = "--workload",
      paramLabel = "NAME",
      defaultValue = "c6",
      description = "The load (${DEFAULT-VALUE}); --list shows all.")
  private String workload;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads of the load (${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "5",
      description = "Rounds (${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--peers",
      paramLabel = "NAME",
      split = ",",
      description = "Of the peers only these, separated by commas; --list shows all.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--measure",
      paramLabel = "WHAT",
      split = ",",
      defaultValue = "speed,latency,memory",
      description = "What to measure (${DEFAULT-VALUE}).")
  private List<String> measures = new ArrayList<>();

  @Option(
      names = "--budget-ms",
      paramLabel = "MS",
      defaultValue = "700",
      description = {
        "Time of a process for what is measured",
        "(${DEFAULT-VALUE}). A native one warms up as long,",
        "a JVM three times as long."
      })
  private int budgetMs;

  @Option(names = "--list", description = "Print loads and peers, and which of these are there.")
  private boolean list;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Also write a page with charts, which needs no other file.")
  private @Nullable Path html;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    check("--threads", threads, 1, MAX_THREADS);
    check("--runs", runs, 1, MAX_ROUNDS);
    check("--budget-ms", budgetMs, 1, MAX_BUDGET_MS);
    Workload load = checked(() -> Catalogue.of(workload, threads));
    List<Measure> chosen = checked(() -> measures.stream().map(Measure::of).distinct().toList());
    List<Rival> own = Rivals.own(hakmemOptions());
    List<Rival> peers = checked(() -> Rivals.peers(names));
    if (list) {
      list(load, own, peers);
    } else {
      List<Rival> rivals = new ArrayList<>(own);
      rivals.addAll(peers);
      checkWritable();
      print(standings(load, rivals, chosen));
    }
    return 0;
  }

  /** Tries to write: minutes of measuring must not end in a file that cannot be. */
  private void checkWritable() {
    if (html != null) {
      try {
        Files.writeString(html, "");
      } catch (IOException e) {
        throw wrong("--html=" + html + " cannot be written: " + e);
      }
    }
  }

  private void check(String option, int value, int min, int max) {
    if (value < min || value > max) {
      throw wrong(option + "=" + value + " must be in [" + min + ", " + max + "]");
    }
  }

  private <T> T checked(Callable<T> choice) throws Exception {
    try {
      return choice.call();
    } catch (TraceException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw wrong("--" + e.getMessage());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Composes once here: what is refused is refused before anything runs. */
  private List<String> hakmemOptions() {
    String profile =
        gates.effectiveProfile().isEmpty() ? DEFAULT_PROFILE : gates.effectiveProfile();
    Map<String, String> all = new LinkedHashMap<>(gates.gates());
    all.putIfAbsent(ZERO_MODE, "off");
    try (HakAllocator _ = SubjectKind.compose(profile, all)) {
      List<String> options = new ArrayList<>(List.of("--profile", profile));
      all.forEach((gate, value) -> options.addAll(List.of("--set", gate + "=" + value)));
      return options;
    }
  }

  private void list(Workload load, List<Rival> own, List<Rival> peers)
      throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    out.println("loads");
    Catalogue.names().forEach((name, meaning) -> out.printf("  %-23s %s%n", name, meaning));
    try (Processes processes = processes(load, load.census(), new Plan(0, 1, 1))) {
      list("always measured", own, processes);
      list("peers", peers, processes);
    }
  }

  private void list(String title, List<Rival> rivals, Processes processes)
      throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    out.println(title);
    for (Rival rival : rivals) {
      out.printf("  %-23s %s%n", rival.name(), availability(processes, rival));
      out.flush();
    }
  }

  private static String availability(Processes processes, Rival rival)
      throws IOException, InterruptedException {
    try {
      String version = processes.measure(rival, Measure.SPEED).path("version").asText();
      return rival.meaning() + (version.isEmpty() ? "" : ", " + version);
    } catch (CommandFailure e) {
      return "absent: " + e.getMessage();
    }
  }

  private Processes processes(Workload load, Census census, Plan plan)
      throws IOException, InterruptedException {
    return new Processes(workload, load, census.calls(), plan, System.getenv());
  }

  private JsonNode standings(Workload load, List<Rival> rivals, List<Measure> chosen)
      throws IOException, InterruptedException {
    LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault());
    Census census = load.census();
    Contest contest = new Contest(rivals);
    try (Processes processes =
            processes(
                load,
                census,
                new Plan(MOST_WARM_UP, MOST_RUNS, JVM_WARM_UP * (long) budgetMs, budgetMs));
        ProgressBar bar = Progress.bar(steps(rivals.size(), chosen))) {
      contest.run(runs, chosen, processes::measure, step -> bar.step().setExtraMessage(step));
    } finally {
      Progress.clear();
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("title", workload + ", " + threads + (threads == 1 ? " thread" : " threads"));
    fields.put("machine", Machine.fields(now, Machine.sources()));
    fields.put("plan", plan(load, census));
    fields.put("rows", new Standings(contest).rows());
    return new JsonMapper().valueToTree(fields);
  }

  private int steps(int rows, List<Measure> chosen) {
    boolean memory = chosen.contains(Measure.MEMORY);
    return rows * (runs * (chosen.size() - (memory ? 1 : 0)) + (memory ? 1 : 0));
  }

  private Map<String, Object> plan(Workload load, Census census) {
    Map<String, Object> plan = new LinkedHashMap<>();
    plan.put("workload", workload);
    plan.put("kernel", load.name());
    plan.put("threads", threads);
    plan.put("ops", load.ops());
    plan.putAll(load.parameters());
    plan.put("allocs", census.calls().allocs());
    plan.put("peak_live", census.peakLive());
    plan.put("peak_live_bytes", census.peakLiveBytes());
    plan.put("rounds", runs);
    plan.put("budget_ms", budgetMs);
    plan.put("burst_bytes", Measure.BURST_BYTES);
    plan.put("hakmem", String.join(" ", hakmemOptions()));
    return plan;
  }

  private void print(JsonNode standings) throws IOException {
    if (html != null) {
      Files.writeString(html, StandingsPage.of(standings));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new JsonMapper().writeValueAsString(standings));
      out.flush();
    } else {
      StandingsTable.print(standings, out);
    }
  }
}
