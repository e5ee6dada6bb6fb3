/** The commands that measure. */
@NullMarked
package io.hakmem.bench.command;

import org.jspecify.annotations.NullMarked;
