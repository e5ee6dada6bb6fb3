package io.hakmem.pool.v1flat;

import io.hakmem.spi.BoxContext;
import io.hakmem.spi.Gate;
import io.hakmem.spi.PoolBox;
import io.hakmem.spi.PoolBoxProvider;
import io.hakmem.spi.Settings;
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
    return new FlatBox(
        context.next(), settings.get(FlatGates.ENABLED), settings.get(FlatGates.STATS));
  }
}
