/**
 * How gates get their values.
 *
 * <p>Purpose: {@link io.hakmem.settings.SettingsResolver} reads every source once and hands out
 * immutable {@link io.hakmem.gate.Settings}.
 *
 * <p>Invariants: every declared gate has exactly one value; no given value is dropped silently;
 * default &lt; profile &lt; environment &lt; system property &lt; file &lt; builder.
 */
@NullMarked
package io.hakmem.settings;

import org.jspecify.annotations.NullMarked;
