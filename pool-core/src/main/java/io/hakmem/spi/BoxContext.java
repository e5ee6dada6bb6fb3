package io.hakmem.spi;

import io.hakmem.SettingsException;
import io.hakmem.gate.Settings;
import java.util.Optional;

/**
 * Everything a box needs, handed in when it is created, so that no order of initialisation can be
 * wrong. Any thread may call it.
 */
public interface BoxContext {

  /**
   * The box behind this one, to which it may hand what it does not serve. A box that does not ask
   * for it serves its classes alone: boxes behind it that have no other class are refused.
   *
   * @return empty for the last box of a composition
   */
  Optional<PoolBox> next();

  /**
   * The box behind one that cannot do without.
   *
   * @param box the name of the box that asks, for the message
   * @throws SettingsException if there is none
   */
  default PoolBox requireNext(String box) {
    return next()
        .orElseThrow(
            () -> new SettingsException(box + " needs a box behind it, and is the last one"));
  }

  /** Where pages are registered. */
  PageDirectory directory();

  /** Where pages come from. */
  PageSupply supply();

  /** The value of every gate; to be read while the box is created, never later. */
  Settings settings();
}
