package io.hakmem;

import io.hakmem.spi.PoolBoxProvider;
import java.util.List;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The box modules on the module path or class path. */
public final class InstalledBoxes {

  private static final Logger LOG = LoggerFactory.getLogger(InstalledBoxes.class);

  private InstalledBoxes() {}

  /** The names of all boxes, sorted. Any thread may ask; each call looks again. */
  public static List<String> names() {
    List<String> names =
        ServiceLoader.load(PoolBoxProvider.class).stream()
            .map(provider -> provider.get().name())
            .sorted()
            .toList();
    LOG.debug("boxes found: {}", names);
    return names;
  }
}
