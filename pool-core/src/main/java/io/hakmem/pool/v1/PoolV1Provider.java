package io.hakmem.pool.v1;

import io.hakmem.gate.Gate;
import io.hakmem.gate.Settings;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.PoolBox;
import io.hakmem.spi.PoolBoxProvider;
import java.util.List;

/** Makes the standard pool, which is in every composition. */
public final class PoolV1Provider implements PoolBoxProvider {

  static final String NAME = "pool-v1";

  private static final int PLACE = 200;

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
    return PoolV1Gates.ALL;
  }

  @Override
  public boolean isSelected(Settings settings) {
    return true;
  }

  @Override
  public PoolBox create(BoxContext context) {
    return new PoolV1(context);
  }
}
