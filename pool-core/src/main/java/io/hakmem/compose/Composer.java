package io.hakmem.compose;

import io.hakmem.gate.Checks;
import io.hakmem.gate.Settings;
import io.hakmem.log.Logs;
import io.hakmem.settings.CoreGates;
import io.hakmem.settings.Inputs;
import io.hakmem.supply.SharedLimit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;

/** The one place that creates boxes: reads the gates once, and puts the parts together. */
public final class Composer {

  /** The size from which a block of a bare composition has a mapping of its own. */
  public static final long BARE_MAPPING_BYTES = 2 << 20;

  private static final long BARE_REGION_BYTES = 4 << 20;

  private static final Logger LOG = Logs.of(Composer.class);

  /** A program with many allocators hears of a name once. */
  private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

  private Composer() {}

  /**
   * Composes from the environment, the system properties and what the program set.
   *
   * @throws io.hakmem.SettingsException if a gate or value is not accepted
   * @throws io.hakmem.BoxFailedException if a box is not what its contract says, or two have one
   *     name
   * @throws IllegalStateException if no page directory is present
   */
  public static Parts compose(Wanted wanted) {
    Boxes boxes = Boxes.found().with(wanted.boxes());
    boxes.directory(); // If it is missing, the gates of other boxes are, too: this says why.
    Settings settings = boxes.settings(Inputs.ofProcess(wanted.values()), wanted.profile());
    for (String text : settings.ignored()) {
      if (SAID.add(text)) {
        LOG.warn("ignored: {}", text);
      }
    }
    Parts parts = new Parts(boxes, settings, wanted.source(), wanted.shared());
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
        last.settings(new Inputs(Map.of(), Map.of(), bareGates(checks)), null),
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
