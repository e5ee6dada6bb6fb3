package com.example.fifoslab;

import io.hakmem.gate.Settings;
import io.hakmem.spi.PoolBoxProvider;
import io.hakmem.tck.PoolBoxContract;
import io.hakmem.tck.Providers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** What holds for every box holds for this one, whatever it holds back. */
final class FifoSlabContractTest {

  @Nested
  final class Default extends Holding {

    Default() {
      super(64);
    }
  }

  @Nested
  final class OneBlock extends Holding {

    OneBlock() {
      super(1);
    }
  }

  @Nested
  final class MoreThanAPageHas extends Holding {

    MoreThanAPageHas() {
      super(4096);
    }
  }

  abstract static class Holding extends PoolBoxContract {

    private static final long LARGEST_BYTES = 512;

    private final int blocks;

    Holding(int blocks) {
      this.blocks = blocks;
    }

    @Override
    protected PoolBoxProvider provider() {
      return new FifoSlabProvider();
    }

    @Override
    protected Settings settings() {
      return Providers.settings(
          List.of(provider()), Map.of("HAKMEM_FIFO_SLAB_HELD", Integer.toString(blocks)));
    }

    @Override
    protected long mostHeldBytes() {
      return blocks * LARGEST_BYTES;
    }
  }
}
