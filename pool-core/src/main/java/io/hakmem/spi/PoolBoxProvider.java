package io.hakmem.spi;

import io.hakmem.gate.Gate;
import io.hakmem.gate.Profile;
import io.hakmem.gate.Settings;
import java.util.List;

/** Makes a box. Found by {@link java.util.ServiceLoader}; what it returns never changes. */
public interface PoolBoxProvider {

  /** The artifact that holds the box, such as {@code pool-v2}; unique in a deployment. */
  String name();

  /**
   * Where the box stands in a composition: of two boxes that serve a class, the one with the lower
   * place does, and of two at one place the one whose name comes first. Fronts stand below 100,
   * pools from 100 on.
   */
  int place();

  /** The gates of this box; their names are unique in a deployment. */
  default List<Gate<?>> gates() {
    return List.of();
  }

  /** The profiles this box adds; their names are unique in a deployment. */
  default List<Profile> profiles() {
    return List.of();
  }

  /** Whether these settings ask for the box. */
  boolean isSelected(Settings settings);

  /**
   * A box for one allocator, that keeps the context.
   *
   * @throws io.hakmem.SettingsException if the settings ask for what the box cannot do
   */
  PoolBox create(BoxContext context);
}
