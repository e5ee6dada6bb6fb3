/** Commands in JVMs of their own, and how far they are. */
@NullMarked
package io.hakmem.bench.fork;

import org.jspecify.annotations.NullMarked;
