/** Builds and configurations that take turns in one JVM, each with classes of its own. */
@NullMarked
package io.hakmem.bench.turns;

import org.jspecify.annotations.NullMarked;
