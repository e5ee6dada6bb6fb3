package io.hakmem.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hakmem.bench.compare.ComparisonResult;
import io.hakmem.bench.peers.PeersResult;
import io.hakmem.bench.reproduce.Reproduction;
import io.hakmem.bench.soak.SoakSample;
import io.hakmem.bench.top.Jvms;
import io.hakmem.fuzz.Fuzz;
import io.hakmem.fuzz.errors.ErrorFuzz;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records are written under the names that users read, and read back as they were. */
final class JsonTest {

  private static final String JACKSON = "com.fasterxml.jackson.databind";

  private static final String REPORT =
      """
      {"workload": "replay", "subject": "hakmem", "profile": "default", "composition": "os",
       "threads": 1, "ops": 30, "slots": 7, "max_bytes": 9, "cold_mops": 1.5, "steady_mops": 2.5,
       "steady_ns_per_op": 400.0, "runs_mops": [2.0, 2.5], "rounds": 3, "allocs": 19, "frees": 19,
       "reallocs": 1, "peak_live": 4, "peak_live_bytes": 36, "peak_resident_bytes": 5,
       "committed_peak_bytes": -1, "verified_blocks": 19, "peak_usable_bytes": 40,
       "internal_waste": 0.1, "process_resident_bytes": 6, "process_peak_resident_bytes": 7,
       "page_faults_cold": 8, "page_faults_steady": 0, "counters": {"allocations": 57},
       "statistics": ["a line"], "allocate_p999_ns": 10, "allocate_max_ns": 11,
       "peak_rss_growth_bytes": 12, "burst_peak_bytes": 13, "burst_retained_bytes": 14,
       "beside": "LEGACY", "beside_rounds": 2, "beside_steady_mops": 3.5,
       "beside_counters": {"allocations": 38}}
      """;

  @Test
  void report_readAndWritten_hasEachNameAndValue() throws IOException {
    Report report = Json.read(REPORT, Report.class);
    assertThat(report.setup().maxBytes()).isEqualTo(9);
    assertThat(report.allocateP999Ns()).isEqualTo(10);
    assertThat(new JsonMapper().readTree(Json.text(report)))
        .isEqualTo(new JsonMapper().readTree(REPORT));
  }

  @Test
  void report_ofAnOlderVersion_isReadWithoutWhatItLacks() throws IOException {
    Report report = Json.read("{\"ops\": 5, \"no_longer\": [1]}", Report.class);
    assertThat(report.setup().ops()).isEqualTo(5);
    assertThat(report.counters()).isEmpty();
    assertThat(report.statistics()).isEmpty();
  }

  /** Jackson reaches into no other packages where the command runs on the module path. */
  @ParameterizedTest
  @ValueSource(
      classes = {
        Report.class,
        ComparisonResult.class,
        PeersResult.class,
        Reproduction.class,
        SoakSample.class,
        Jvms.class
      })
  void module_always_opensWhatIsWrittenAsJson(Class<?> type) throws Exception {
    assertThat(
            moduleOf(type).opens().stream()
                .filter(opened -> opened.targets().contains(JACKSON))
                .map(ModuleDescriptor.Opens::source))
        .contains(type.getPackageName());
  }

  @ParameterizedTest
  @ValueSource(classes = {Fuzz.Progress.class, ErrorFuzz.Progress.class})
  void moduleOfTheFuzzers_always_exportsWhatIsWrittenAsJson(Class<?> type) throws Exception {
    assertThat(
            moduleOf(type).exports().stream()
                .filter(exported -> !exported.isQualified())
                .map(ModuleDescriptor.Exports::source))
        .contains(type.getPackageName());
    assertThat(type).isPublic();
  }

  private static ModuleDescriptor moduleOf(Class<?> type) throws Exception {
    Path place = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    return ModuleFinder.of(place).findAll().iterator().next().descriptor();
  }
}
