/** The native driver: the loads in C, compiled where they run, over allocators called from C. */
@NullMarked
package io.hakmem.bench.driver;

import org.jspecify.annotations.NullMarked;
