package io.hakmem.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hakmem.bench.load.Catalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CatalogueTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void of_eachName_isALoadOfAtLeastSoManyThreads(int threads) {
    assertThat(Catalogue.names().keySet())
        .filteredOn(name -> !name.startsWith(Catalogue.REPLAY))
        .hasSize(15)
        .allSatisfy(
            name -> {
              Workload load = Catalogue.of(name, threads);
              assertThat(load.threads()).isBetween(threads, Math.max(2, threads));
              assertThat(load.ops()).isPositive();
              assertThat(load.maxBytes()).isPositive();
              assertThat(load.parameters()).isNotEmpty();
            });
  }

  @Test
  void names_always_haveOneLineOfMeaning() {
    assertThat(Catalogue.names().values()).allMatch(meaning -> meaning.lines().count() == 1);
  }

  @Test
  void of_virtualThreads_aloneHasNoNativeKernel() {
    assertThat(Catalogue.names().keySet())
        .filteredOn(name -> !name.startsWith(Catalogue.REPLAY))
        .filteredOn(name -> !Catalogue.of(name, 1).hasNativeKernel())
        .containsExactly("virtual");
  }

  @Test
  void of_replay_readsTheTrace(@TempDir Path dir) throws Exception {
    Path file = Files.write(dir.resolve("t.trace"), List.of("a,0,0,64", "f,0,0"));
    assertThat(Catalogue.of("replay:" + file, 1).census().calls()).isEqualTo(new Tally(1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Catalogue.of("replay:" + file, 2))
        .withMessage("threads=2 must be 1 or the 1 of the trace");
  }

  @Test
  void of_unknownName_isRefusedWithTheNames() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Catalogue.of("larsen", 1))
        .withMessageStartingWith("workload=larsen is not one of c6, mixed, ")
        .withMessageContaining("larson");
  }
}
