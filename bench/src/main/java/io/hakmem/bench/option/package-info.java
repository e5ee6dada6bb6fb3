/** Options that several commands have. */
@NullMarked
package io.hakmem.bench.option;

import org.jspecify.annotations.NullMarked;
