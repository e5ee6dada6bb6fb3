/** What two configurations are, and what their measurements say of the difference. */
@NullMarked
package io.hakmem.bench.compare;

import org.jspecify.annotations.NullMarked;
