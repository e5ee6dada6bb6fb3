package io.hakmem.smallmid;

import io.hakmem.gate.Settings;
import io.hakmem.spi.PoolBoxProvider;
import io.hakmem.tck.PoolBoxContract;
import io.hakmem.tck.Providers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The contract of boxes, with the front before pool v1 and batches of every kind of length. */
@Tag("slow")
final class SmallmidContractTest {

  @Nested
  final class Defaults extends WithGates {

    Defaults() {
      super(Map.of("HAKMEM_SMALLMID_STATS", "1"));
    }
  }

  @Nested
  final class SingleBlocks extends WithGates {

    SingleBlocks() {
      super(batches("1", "1", "1"));
    }
  }

  @Nested
  final class LengthsThatDoNotDivideAPage extends WithGates {

    LengthsThatDoNotDivideAPage() {
      super(batches("7", "5", "3"));
    }
  }

  @Nested
  final class WholePages extends WithGates {

    WholePages() {
      super(batches("4096", "4096", "4096"));
    }
  }

  private static Map<String, String> batches(String of256, String of512, String of1024) {
    return Map.of(
        "HAKMEM_SMALLMID_BATCH_256", of256,
        "HAKMEM_SMALLMID_BATCH_512", of512,
        "HAKMEM_SMALLMID_BATCH_1024", of1024,
        "HAKMEM_SMALLMID_STATS", "1");
  }

  abstract static class WithGates extends PoolBoxContract {

    private final Map<String, String> values;

    WithGates(Map<String, String> values) {
      this.values = values;
    }

    @Override
    protected PoolBoxProvider provider() {
      return new SmallmidProvider();
    }

    @Override
    protected List<PoolBoxProvider> behind() {
      return List.of(Providers.named("pool-v1"));
    }

    @Override
    protected Settings settings() {
      return SmallmidSettings.of(values);
    }
  }
}
