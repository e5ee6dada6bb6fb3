/** Where the core gets its loggers. */
@NullMarked
package io.hakmem.log;

import org.jspecify.annotations.NullMarked;
