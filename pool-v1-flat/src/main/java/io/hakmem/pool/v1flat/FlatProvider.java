package io.hakmem.pool.v1flat;

import io.hakmem.gate.Gate;
import io.hakmem.gate.Settings;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.PoolBox;
import io.hakmem.spi.PoolBoxProvider;
import java.util.List;

/** Makes the flatten box, which stands before the pool whose bins it hands over. */
public final class FlatProvider implements PoolBoxProvider {

  static final String NAME = "pool-v1-flat";

  private static final int PLACE = 190;

  /** For {@link java.util.ServiceLoader}. */
  public FlatProvider() {}

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
    return FlatGates.ALL;
  }

  @Override
  public boolean isSelected(Settings settings) {
    return settings.get(FlatGates.ENABLED) || settings.get(FlatGates.STATS);
  }

  @Override
  public PoolBox create(BoxContext context) {
    Settings settings = context.settings();
    PoolBox next = context.requireNext(NAME);
    boolean enabled = settings.get(FlatGates.ENABLED);
    return settings.get(FlatGates.STATS)
        ? new CountingFlatBox(next, enabled)
        : new FlatBox(next, enabled);
  }
}
