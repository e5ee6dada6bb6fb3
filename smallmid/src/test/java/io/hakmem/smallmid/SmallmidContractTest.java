package io.hakmem.smallmid;

import io.hakmem.gate.Settings;
import io.hakmem.pool.v1.PoolV1Provider;
import io.hakmem.spi.PoolBoxContract;
import io.hakmem.spi.PoolBoxProvider;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** The contract of boxes, with the front before pool v1 and stacks of every kind of length. */
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
      super(stacks("1", "1", "1"));
    }
  }

  @Nested
  final class LengthsThatDoNotDivideAPage extends WithGates {

    LengthsThatDoNotDivideAPage() {
      super(stacks("7", "5", "3"));
    }
  }

  @Nested
  final class WholePages extends WithGates {

    WholePages() {
      super(stacks("4096", "4096", "4096"));
    }
  }

  private static Map<String, String> stacks(String of256, String of512, String of1024) {
    return Map.of(
        "HAKMEM_SMALLMID_STACK_256", of256,
        "HAKMEM_SMALLMID_STACK_512", of512,
        "HAKMEM_SMALLMID_STACK_1024", of1024,
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
      return List.of(new PoolV1Provider());
    }

    @Override
    protected Settings settings() {
      return SmallmidSettings.of(values);
    }
  }
}
