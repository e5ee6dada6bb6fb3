/**
 * Runs the stress tests, which stand in the packages of the structures they try. Each is beside its
 * twin, in which one step is weakened: where the twin does not fail, the test proves nothing.
 */
@NullMarked
package io.hakmem.stress;

import org.jspecify.annotations.NullMarked;
