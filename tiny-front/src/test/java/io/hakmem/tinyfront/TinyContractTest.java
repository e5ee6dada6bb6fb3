package io.hakmem.tinyfront;

import io.hakmem.gate.Settings;
import io.hakmem.spi.PoolBoxProvider;
import io.hakmem.tck.PoolBoxContract;
import io.hakmem.tck.Providers;
import io.hakmem.tck.TakingOver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The contract of boxes, with every gate, for C7 alone and for all classes. */
@Tag("slow")
final class TinyContractTest {

  private static final Map<String, String> ALL_CLASSES =
      Map.of("HAKMEM_SMALL_HEAP_V3_CLASSES", "0xFF");

  @Nested
  final class Defaults extends WithGates {

    Defaults() {
      super(Map.of());
    }
  }

  @Nested
  final class AllClasses extends WithGates {

    AllClasses() {
      super(ALL_CLASSES);
    }
  }

  @Nested
  final class C7Asked extends WithGates {

    C7Asked() {
      super(Map.of("HAKMEM_TINY_C7_HOT", "0"));
    }
  }

  @Nested
  final class FrontOff extends WithGates {

    FrontOff() {
      super(allClassesAnd("HAKMEM_TINY_FRONT_V3_ENABLED", "0"));
    }
  }

  @Nested
  final class FrontOffAndHandedOver extends WithGates {

    FrontOffAndHandedOver() {
      super(allClassesAnd("HAKMEM_TINY_FRONT_V3_ENABLED", "0"));
    }

    @Override
    protected PoolBoxProvider provider() {
      return new TakingOver();
    }

    @Override
    protected List<PoolBoxProvider> behind() {
      return List.of(new TinyProvider());
    }
  }

  @Nested
  final class ClassifiedSlow extends WithGates {

    ClassifiedSlow() {
      super(allClassesAnd("HAKMEM_TINY_PTR_FAST_CLASSIFY_ENABLED", "0"));
    }
  }

  @Nested
  final class HotHeap extends WithGates {

    HotHeap() {
      super(Map.of("HAKMEM_TINY_HOTHEAP_V2", "1"));
    }
  }

  @Nested
  final class LarsonFixOff extends WithGates {

    LarsonFixOff() {
      super(allClassesAnd("HAKMEM_TINY_LARSON_FIX", "0"));
    }
  }

  private static Map<String, String> allClassesAnd(String gate, String value) {
    Map<String, String> values = new HashMap<>(ALL_CLASSES);
    values.put(gate, value);
    return values;
  }

  static Settings settings(Map<String, String> values) {
    return Providers.settings(List.of(new TinyProvider()), values);
  }

  abstract static class WithGates extends PoolBoxContract {

    private final Map<String, String> values;

    WithGates(Map<String, String> values) {
      this.values = values;
    }

    @Override
    protected PoolBoxProvider provider() {
      return new TinyProvider();
    }

    @Override
    protected Settings settings() {
      return TinyContractTest.settings(values);
    }
  }
}
