package com.example.fifoslab;

import io.hakmem.gate.Gate;
import io.hakmem.gate.Settings;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.PoolBox;
import io.hakmem.spi.PoolBoxProvider;
import java.util.List;

/** Makes the box. */
public final class FifoSlabProvider implements PoolBoxProvider {

  static final String NAME = "fifo-slab";
  static final String COUNTER_PREFIX = "fifo_slab_";

  private static final int PLACE = 45;

  /** For {@link java.util.ServiceLoader}. */
  public FifoSlabProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int place() {
    return PLACE;
  }

  @Override
  public List<Gate<?>> gates() {
    return FifoSlabGates.ALL;
  }

  @Override
  public boolean isSelected(Settings settings) {
    return settings.get(FifoSlabGates.ENABLE);
  }

  @Override
  public PoolBox create(BoxContext context) {
    return new FifoSlabBox(context);
  }
}
