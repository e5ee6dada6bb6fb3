/** The command line. */
@NullMarked
package io.hakmem.bench;

import org.jspecify.annotations.NullMarked;
