package io.hakmem.compose;

import io.hakmem.log.Logs;
import io.hakmem.settings.Checks;
import io.hakmem.settings.CoreGates;
import io.hakmem.settings.Inputs;
import io.hakmem.spi.PageSource;
import io.hakmem.spi.PoolBoxProvider;
import io.hakmem.supply.SharedLimit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The one place that creates boxes: reads the gates once, and puts the parts together. */
public final class Composer {

  /** The size from which a block of a bare composition has a mapping of its own. */
  public static final long BARE_MAPPING_BYTES = 2 << 20;

  private static final long BARE_REGION_BYTES = 4 << 20;

  private static final Logger LOG = Logs.of(Composer.class);

  private Composer() {}

  /**
   * Composes from the environment, the system properties and what the program set.
   *
   * @param source used in place of the one that the gates name, if any; closed with the allocator
   * @param shared a limit beside the allocator's own
   * @throws io.hakmem.SettingsException if a gate or value is not accepted
   * @throws io.hakmem.BoxFailedException if a box is not what its contract says
   * @throws IllegalStateException if no page directory is present
   */
  public static Parts compose(
      Map<String, String> builder, @Nullable PageSource source, SharedLimit shared) {
    return compose(builder, source, shared, List.of());
  }

  /**
   * The same with boxes that no service file names.
   *
   * @throws io.hakmem.BoxFailedException as above, and if two boxes have one name
   */
  public static Parts compose(
      Map<String, String> builder,
      @Nullable PageSource source,
      SharedLimit shared,
      List<PoolBoxProvider> unlisted) {
    Boxes boxes = Boxes.found().with(unlisted);
    boxes.directory(); // If it is missing, the gates of other boxes are, too: this says why.
    Parts parts = new Parts(boxes, boxes.settings(builder), source, shared);
    if (LOG.isInfoEnabled()) {
      LOG.info("{}", parts.summary());
    }
    return parts;
  }

  /**
   * Composes the last box alone, the one that all others hand on to, whatever the environment says.
   * It takes little memory: where native access is not enabled, all of a region is resident.
   */
  public static Parts bare(Checks checks) {
    Boxes last = Boxes.found().lastAlone();
    return new Parts(
        last,
        last.settings(new Inputs(Map.of(), Map.of(), bareGates(checks))),
        null,
        SharedLimit.none());
  }

  private static Map<String, String> bareGates(Checks checks) {
    return Map.of(
        CoreGates.CHECKS.name(), checks.name(),
        CoreGates.LARGE_MAPPING_BYTES.name(), Long.toString(BARE_MAPPING_BYTES),
        CoreGates.REGION_BYTES.name(), Long.toString(BARE_REGION_BYTES));
  }
}
