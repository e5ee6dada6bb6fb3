/** The commands about traces. */
@NullMarked
package io.hakmem.bench.command.trace;

import org.jspecify.annotations.NullMarked;
