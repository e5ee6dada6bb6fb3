package io.hakmem.smallmid;

import io.hakmem.gate.Gate;
import io.hakmem.gate.Settings;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.PoolBox;
import io.hakmem.spi.PoolBoxProvider;
import java.util.List;

/** Makes the smallmid box, which stands before every pool. */
public final class SmallmidProvider implements PoolBoxProvider {

  static final String NAME = "smallmid";

  private static final int PLACE = 60;

  /** For {@link java.util.ServiceLoader}. */
  public SmallmidProvider() {}

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
    return SmallmidGates.ALL;
  }

  @Override
  public boolean isSelected(Settings settings) {
    return settings.get(SmallmidGates.ENABLE);
  }

  /**
   * The box.
   *
   * @throws io.hakmem.SettingsException if the next box lacks one of the block sizes
   */
  @Override
  public PoolBox create(BoxContext context) {
    Settings settings = context.settings();
    return new SmallmidBox(
        context.requireNext(NAME),
        List.of(
            settings.get(SmallmidGates.BATCH_256),
            settings.get(SmallmidGates.BATCH_512),
            settings.get(SmallmidGates.BATCH_1024)),
        settings.get(SmallmidGates.STATS),
        settings.source(SmallmidGates.ENABLE));
  }
}
