package io.hakmem.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.gate.Checks;
import io.hakmem.gate.Gate;
import io.hakmem.gate.PageSourceKind;
import io.hakmem.gate.Settings;
import io.hakmem.gate.ZeroMode;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CoreGatesTest {

  @Test
  void defaults_ofCore_areTheDocumentedOnes() {
    Settings settings = Settings.defaults(CoreGates.ALL);

    assertThat(settings.get(CoreGates.PROFILE)).isEmpty();
    assertThat(settings.get(CoreGates.CONFIG)).isEmpty();
    assertThat(settings.get(CoreGates.ZERO_MODE)).isEqualTo(ZeroMode.FULL);
    assertThat(settings.get(CoreGates.CHECKS)).isEqualTo(Checks.ON);
    assertThat(settings.get(CoreGates.PAGE_SOURCE)).isEqualTo(PageSourceKind.AUTO);
    assertThat(settings.text(CoreGates.HEAP_PREFILL)).isEqualTo("1KiB");
    assertThat(settings.get(CoreGates.HEAP_EMPTY_PAGES)).isEqualTo(64);
    assertThat(settings.get(CoreGates.MEMORY_LIMIT)).isZero();
    assertThat(settings.get(CoreGates.DECAY_MS)).isEqualTo(1000);
    assertThat(settings.text(CoreGates.LARGE_MAPPING_BYTES)).isEqualTo("64MiB");
    assertThat(settings.text(CoreGates.COMMIT_BYTES)).isEqualTo("2MiB");
    assertThat(settings.text(CoreGates.REGION_BYTES)).isEqualTo("1GiB");
  }

  @Test
  void markdown_ofGates_hasOneRowEach() {
    Gate<String> piped = Gate.text("HAKMEM_PIPED", "a|b", "One | two.");

    assertThat(GateTable.markdown(List.of(CoreGates.DECAY_MS, CoreGates.CONFIG, piped)))
        .isEqualTo(
            """
            | name | property | default | accepted | meaning |
            |---|---|---|---|---|
            | `HAKMEM_DECAY_MS` | `hakmem.decay.ms` | `1000` | at least 0 ms | How long memory must be unused before it goes back to the operating system, in up to twice that time. |
            | `HAKMEM_CONFIG` | `hakmem.config` | (empty) | any text | Path of a properties file with values for other gates; empty reads none. |
            | `HAKMEM_PIPED` | `hakmem.piped` | `a\\|b` | any text | One \\| two. |
            """);
  }
}
