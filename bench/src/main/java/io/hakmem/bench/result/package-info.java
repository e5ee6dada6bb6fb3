/** What one process found out, where it ran, and results as JSON. */
@NullMarked
package io.hakmem.bench.result;

import org.jspecify.annotations.NullMarked;
