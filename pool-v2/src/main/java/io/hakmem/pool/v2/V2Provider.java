package io.hakmem.pool.v2;

import io.hakmem.gate.Gate;
import io.hakmem.gate.Settings;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.PoolBox;
import io.hakmem.spi.PoolBoxProvider;
import java.util.List;

/** Makes the pool v2 box, which stands before the pool that serves what it cannot. */
public final class V2Provider implements PoolBoxProvider {

  static final String NAME = "pool-v2";

  private static final int PLACE = 150;

  /** For {@link java.util.ServiceLoader}. */
  public V2Provider() {}

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
    return V2Gates.ALL;
  }

  @Override
  public boolean isSelected(Settings settings) {
    return settings.get(V2Gates.ENABLED);
  }

  @Override
  public PoolBox create(BoxContext context) {
    PoolBox next = context.requireNext(NAME);
    Extents extents = new Extents(context.supply());
    return context.settings().get(V2Gates.BLOCK_TO_USER)
        ? new HeaderV2Box(context, next, extents)
        : new V2Box(context, next, extents);
  }
}
