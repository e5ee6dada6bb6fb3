package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.bench.page.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results of other days, those that the repository keeps among them. */
final class ReportCommandTest {

  private static final Path RESULTS = Path.of("results");

  @TempDir private Path dir;

  /** Of A and B. */
  private String comparison(int day, String cpu, String workload, double ratio) throws IOException {
    String text =
        """
      {"kind": "ab", "command": "ab A B", "machine": {"date": "2026-01-0%1$sT00:00:00",
        "cpu": "%2$s", "cores": 2, "jdk": "25", "commit": "abc"},
       "workload": "%3$s", "jdk": "25", "jvm_options": "", "rounds": 5, "dropped": [], "verdict": "GO",
       "a": {"configuration": "A", "cold_mops": 1, "steady_mops": 10, "counters": {}},
       "b": {"configuration": "B", "cold_mops": 1, "steady_mops": 12, "steady_ratio": %5$s,
             "steady_ratio_low": %4$s, "steady_ratio_high": %6$s, "counters": {},
             "steady_runs_mops": [11.8, 11.9, 12.0, 12.1, 12.2]},
       "control": {"configuration": "A", "cold_mops": 1, "steady_mops": 10, "steady_ratio": 1,
             "steady_ratio_low": 0.99, "steady_ratio_high": 1.01, "counters": {}}}
      """
            .formatted(day, cpu, workload, ratio - 0.02, ratio, ratio + 0.02);
    return Files.writeString(dir.resolve(day + ".json"), text).toString();
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(dir.resolve(name), text).toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "peers-2026-11-26-c6-2.json",
        "pinned-2026-11-26-redis.json",
        "reproduce-2026-11-25.json",
        "ab-2026-11-26-beside-legacy.json"
      })
  void report_keptResult_opensAndIsDrawn(String name) throws IOException {
    Path page = dir.resolve("page.html");
    CommandRun run = CommandRun.of("report", RESULTS.resolve(name).toString(), "--html=" + page);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out()).isNotEmpty();
    Browser.check(Files.readString(page));
  }

  /** A is not divided by itself, and counters are read by people. */
  @Test
  void report_ofOneDay_hasNoRatioOfA() throws IOException {
    Path page = dir.resolve("page.html");
    String json = comparison(1, "X", "c6", 1.2);
    CommandRun run = CommandRun.of("report", json, "--html=" + page);
    assertThat(run.code()).as(run.err()).isZero();
    try (Browser browser = Browser.open(Files.readString(page))) {
      assertThat(browser.column("divided by A").getFirst()).isEmpty();
      assertThat(browser.column("divided by A").get(1)).startsWith("1.200 (");
    }
  }

  @Test
  void report_twoDays_areFiguresBesideEachOther() throws IOException {
    Path page = dir.resolve("page.html");
    CommandRun run =
        CommandRun.of(
            "report",
            comparison(1, "X", "c6", 1.2),
            comparison(2, "X", "c6", 1.5),
            "--html=" + page);
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("[1]", "2026-01-01 00:00:00, abc", "B / A (times)")
        .contains("1.20 (1.18 to 1.22)", "1.50 (1.48 to 1.52)")
        .contains("1 of 3 figures with intervals differ by more than these.");
    Browser.check(Files.readString(page));
    try (Browser browser = Browser.open(Files.readString(page))) {
      assertThat(browser.column("differs")).containsExactly("yes", "", "", "");
      browser.sort("[2]");
      assertThat(browser.column("[2]").getFirst()).startsWith("12.00");
    }
  }

  @Test
  void report_twoMachines_areJudgedByRatiosAlone() throws IOException {
    CommandRun run =
        CommandRun.of("report", comparison(1, "X", "c6", 1.2), comparison(2, "Y", "c6", 1.2));
    assertThat(run.out())
        .contains("0 of 2 figures with intervals differ")
        .contains("The machines or JVMs differ, so only ratios inside of each result are judged.");
  }

  @Test
  void report_differentWorkloads_areRefused() throws IOException {
    CommandRun.of("report", comparison(1, "X", "c6", 1.2), comparison(2, "X", "mixed", 1.2))
        .assertRefused(1, "cannot be compared: one is of c6, the other of mixed");
  }

  @Test
  void report_differentCommands_areRefused() throws IOException {
    String peers = RESULTS.resolve("peers-2026-11-26-c6-2.json").toString();
    CommandRun.of("report", comparison(1, "X", "c6", 1.2), peers)
        .assertRefused(1, "cannot be compared: one is of ab, the other of peers");
  }

  @Test
  void report_noResult_isRefused() throws IOException {
    CommandRun.of("report", "none.json").assertRefused(1, "none.json: no such file");
    CommandRun.of("report", file("a", "no json")).assertRefused(1, "is no result");
    CommandRun.of("report", file("b", "")).assertRefused(1, "is no result");
    CommandRun.of("report", file("c", "{\"kind\": \"tuned\"}"))
        .assertRefused(1, "is no result that can be opened; those of peers, ab");
    CommandRun.of("report", file("d", "{\"kind\": \"ab\", \"a\": 1, \"b\": 1, \"control\": 1}"))
        .assertRefused(1, "is no result");
  }

  @Test
  void report_pageThatCannotBeWritten_isRefused() throws IOException {
    CommandRun.of("report", comparison(1, "X", "c6", 1.2), "--html=/none/page")
        .assertRefused(2, "--html=/none/page cannot be written");
  }
}
