package io.hakmem.pool.v2;

import io.hakmem.gate.Settings;
import io.hakmem.spi.PoolBoxProvider;
import io.hakmem.tck.PoolBoxContract;
import io.hakmem.tck.Providers;
import io.hakmem.tck.TakingOver;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The contract of boxes, with each choice of the sub-switches. */
@Tag("slow")
final class V2ContractTest {

  @Nested
  final class Defaults extends WithSwitches {

    Defaults() {
      super("1", "1");
    }
  }

  @Nested
  final class HeadersAndAsked extends WithSwitches {

    HeadersAndAsked() {
      super("1", "0");
    }
  }

  @Nested
  final class PlainAndDirect extends WithSwitches {

    PlainAndDirect() {
      super("0", "1");
    }
  }

  @Nested
  final class PlainAndAsked extends WithSwitches {

    PlainAndAsked() {
      super("0", "0");
    }
  }

  @Nested
  final class TakenOver extends WithSwitches {

    TakenOver() {
      super("1", "0");
    }

    @Override
    protected PoolBoxProvider provider() {
      return new TakingOver();
    }

    @Override
    protected List<PoolBoxProvider> behind() {
      return List.of(new V2Provider(), Providers.named("pool-v1"));
    }
  }

  abstract static class WithSwitches extends PoolBoxContract {

    private final Settings settings;

    WithSwitches(String blockToUser, String tlsFastPath) {
      settings = V2Settings.enabled(blockToUser, tlsFastPath);
    }

    @Override
    protected PoolBoxProvider provider() {
      return new V2Provider();
    }

    @Override
    protected List<PoolBoxProvider> behind() {
      return List.of(Providers.named("pool-v1"));
    }

    @Override
    protected Settings settings() {
      return settings;
    }
  }
}
