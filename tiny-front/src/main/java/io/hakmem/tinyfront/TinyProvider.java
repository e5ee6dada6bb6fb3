package io.hakmem.tinyfront;

import io.hakmem.SettingsException;
import io.hakmem.gate.Gate;
import io.hakmem.gate.Profile;
import io.hakmem.gate.Settings;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.PoolBox;
import io.hakmem.spi.PoolBoxProvider;
import java.util.List;
import java.util.Map;

/** Makes the tiny front, which stands before every other box. */
public final class TinyProvider implements PoolBoxProvider {

  static final String NAME = "tiny-front";

  private static final int PLACE = 50;

  /** For {@link java.util.ServiceLoader}. */
  public TinyProvider() {}

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
    return TinyGates.ALL;
  }

  @Override
  public List<Profile> profiles() {
    return List.of(
        new Profile(
            TinyHeapProfile.C7_SAFE.name(),
            "The tiny front before the pool, as a rule for C7 alone.",
            Map.of(TinyGates.PROFILE.name(), TinyHeapProfile.C7_SAFE.name())));
  }

  @Override
  public boolean isSelected(Settings settings) {
    return settings.get(TinyGates.PROFILE) == TinyHeapProfile.C7_SAFE
        && settings.get(TinyGates.HEAP);
  }

  @Override
  public PoolBox create(BoxContext context) {
    Settings settings = context.settings();
    if (settings.get(TinyGates.CLASSES) == 0) {
      String value = TinyGates.CLASSES + "=" + settings.text(TinyGates.CLASSES);
      String origin = ", set by " + settings.source(TinyGates.CLASSES);
      String most = Integer.toHexString((1 << TinyClasses.COUNT) - 1);
      throw new SettingsException(
          value
              + origin
              + (", must be in [0x1, 0x" + most + "] while the tiny front takes part, which ")
              + (TinyGates.HEAP + "=0 ends"));
    }
    return new TinyBox(context);
  }
}
