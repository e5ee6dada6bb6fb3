package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExitCodesTest {

  private static final int FAILED = 1;
  private static final int USAGE = 2;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                                  | Missing required subcommand",
        "nonsense                          | Unmatched argument at index 0: 'nonsense'",
        "mid-large-mt 1 1000               | expected 4 arguments",
        "mid-large-mt 1 1000 10 1 7        | expected 4 arguments",
        "mid-large-mt one 1000 10 1        | threads=one must be in [1, 1024]",
        "mid-large-mt 0 1000 10 1          | threads=0 must be in [1, 1024]",
        "mid-large-mt 1 many 10 1          | ops=many must be in [1, 1073741824]",
        "mid-large-mt 1 -1 10 1            | ops=-1 must be in [1, 1073741824]",
        "mid-large-mt 1 1000 0 1           | ws=0 must be in [1, 1073741824]",
        "mid-large-mt 1 1000 10 0.5        | seed=0.5 must be in [-2147483648, 2147483647]",
        "mid-large-mt 1 9 9 1 --no-such    | Unknown option: '--no-such'",
        "mid-large-mt 1 9 9 1 --runs 0     | --runs=0 must be at least 1",
        "mid-large-mt 1 9 9 1 --warmup -1  | --warmup=-1 must be at least 0",
        "mid-large-mt 1 9 9 1 --rounds 0   | --rounds=0 must be at least 1",
        "mid-large-mt 1 9 9 1 --budget-ms 0| --budget-ms=0 must be at least 1",
        "mid-large-mt 1 9 9 1 --warmup-ms 0| --warmup-ms=0 must be at least 1",
        "mid-large-mt 1 9 9 1 --min-size 9 --max-size 8 | MIN_SIZE=9 is above HAKMEM_BENCH_MAX",
        "mid-large-mt 1 9 9 1 --min-size x | HAKMEM_BENCH_MIN_SIZE=x must be in [1, 1073741824]",
        "mid-large-mt 1 9 9 1 --max-size 0 | HAKMEM_BENCH_MAX_SIZE=0 must be in [1, 1073741824]",
        "mid-large-mt 1 9 9 1 --subject x  | 'x' is not one of [hakmem, hakmem-heap, floor,",
        "mid-large-mt 1 9 9 1 --subject floor --set HAKMEM_CHECKS=off | neither --profile nor",
        "mid-large-mt --subject floor      | --subject=floor is one of the peers",
        "mid-large-mt 1 9 9 1 --profile x  | HAKMEM_PROFILE=x, set by",
        "mid-large-mt 1 9 9 1 --set HAKMEM_NONSENSE=1 | HAKMEM_NONSENSE, set by",
        "mid-large-mt 1 9 9 1 --set HAKMEM_DECAY_MS=x | HAKMEM_DECAY_MS=x, set by",
        "mid-large-mt 1 9 9 1 --set HAKMEM_DECAY_MS   | should be in KEY=VALUE format",
        "replay                            | Missing required parameter: 'FILE'",
        "replay a b                        | Unmatched argument",
        "compose --profile x               | HAKMEM_PROFILE=x, set by",
        "compose --set HAKMEM_CHECKS=maybe | HAKMEM_CHECKS=maybe, set by",
        "gates --set HAKMEM_NONSENSE=1     | HAKMEM_NONSENSE, set by",
        "gates --json                      | Unknown option: '--json'",
      })
  void wrongUsage_anywhere_isOneLineAndCodeTwo(@Nullable String call, String reason) {
    CommandRun.of(words(call)).assertRefused(USAGE, reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ab                                | Missing required parameters: 'A', 'B'",
        "ab LEGACY                         | Missing required parameter: 'B'",
        "ab LEGACY LEGACY THROUGHPUT       | Unmatched argument",
        "ab LEGACY LEGACY --runs 0         | --runs=0 must be in [1, 10000]",
        "ab LEGACY LEGACY --modules-a none | --modules-a=none is no folder",
        "ab LEGACY LEGACY --commit-b none  | --commit-b=none is no commit of",
        "ab LEGACY LEGACY --runs x         | Invalid value for option '--runs'",
        "ab LEGACY LEGACY --threads 0      | --threads=0 must be in [1, 1024]",
        "ab LEGACY LEGACY --ops 0          | --ops=0 must be in [1, 1073741824]",
        "ab LEGACY LEGACY --budget-ms 0    | --budget-ms=0 must be in [1, 3600000]",
        "ab LEGACY LEGACY --workload c7    | --workload=c7 is not one of c6, mixed, mid-large, c6-100k",
        "measure --workload c7             | --workload=c7 is not one of c6, mixed, mid-large, c6-100k",
        "measure --threads 0               | --threads=0 must be in [1, 1024]",
        "measure --peers                   | --peers: this measures one subject",
        "ab LEGACY LEGACY --workload replay: | --workload=replay: is not one of",
        "ab LEGACY THROUGHPUTS             | B: HAKMEM_PROFILE=THROUGHPUTS, set by",
        "ab HAKMEM_CHECK=off LEGACY        | A: HAKMEM_CHECK, set by builder, is no setting; the nearest",
      })
  void wrongUsage_ofAb_isOneLineAndCodeTwo(String call, String reason) {
    CommandRun.of(words(call)).assertRefused(USAGE, reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mid-large-mt 2 20000 100 1 --set HAKMEM_MEMORY_LIMIT=1MiB | HAKMEM_MEMORY_LIMIT",
        "mid-large-mt 1 1 1073741824 1 | java.lang.OutOfMemoryError",
        "replay no-such-file           | no-such-file: no such file",
        "ab LEGACY LEGACY --workload replay:no-such-file | no-such-file: no such file",
        "replay .                      | .: is a directory",
        "measure --workload replay:no-such-file | no-such-file: no such file",
      })
  void failingWork_anywhere_isOneLineAndCodeOne(@Nullable String call, String reason) {
    CommandRun.of(words(call)).assertRefused(FAILED, reason);
  }

  @Test
  void threads_thatATraceDoesNotHave_areRefused() {
    String workload = "--workload=replay:" + TraceFiles.small();
    String reason = "--threads=9 must be 1 or the ";
    CommandRun.of("ab", "LEGACY", "LEGACY", workload, "--threads=9").assertRefused(USAGE, reason);
    CommandRun.of("peers", workload, "--threads=9").assertRefused(USAGE, reason);
  }

  @Test
  void controlCharacters_inAReason_areBlanks() {
    CommandRun.of("replay", "no\u0001such").assertRefused(FAILED, "no such: no such file");
  }

  @Test
  void failure_verbose_addsTheStackTrace() {
    CommandRun run = CommandRun.of("replay", "no-such-file", "--verbose");
    assertThat(run.code()).isEqualTo(FAILED);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("hakmem: no-such-file: no such file");
    assertThat(run.err()).contains("TraceException").contains("\tat io.hakmem.bench.");
  }

  @ParameterizedTest
  @CsvSource({"--help", "--version", "replay --help", "ab --help", "gates", "compose"})
  void whatIsAskedFor_always_goesToStandardOutput(String call) {
    CommandRun run = CommandRun.of(words(call));
    assertThat(run.code()).isZero();
    assertThat(run.out()).isNotBlank().doesNotContain("%%", "%n");
    assertThat(run.err()).isEmpty();
  }

  private static String[] words(@Nullable String call) {
    return call == null || call.isBlank() ? new String[0] : call.strip().split("\\s+", -1);
  }
}
