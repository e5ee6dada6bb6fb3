/** Runs a composition: heaps by thread, slow paths, refusals, large blocks, figures and closing. */
@NullMarked
package io.hakmem.engine;

import org.jspecify.annotations.NullMarked;
