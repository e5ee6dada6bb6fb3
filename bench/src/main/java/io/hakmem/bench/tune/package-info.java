/** The command that searches the gates that suit a trace. */
@NullMarked
package io.hakmem.bench.tune;

import org.jspecify.annotations.NullMarked;
