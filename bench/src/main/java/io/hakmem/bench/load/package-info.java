/** The loads that are generated, one a class, and where they are found by name. */
@NullMarked
package io.hakmem.bench.load;

import org.jspecify.annotations.NullMarked;
