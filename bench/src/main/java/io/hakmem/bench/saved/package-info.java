/** Results that were written as JSON, opened again and compared with each other. */
@NullMarked
package io.hakmem.bench.saved;

import org.jspecify.annotations.NullMarked;
