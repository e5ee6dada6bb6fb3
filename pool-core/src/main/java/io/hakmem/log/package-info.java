/** Where the core gets its loggers, and what is done where a call fails. */
@NullMarked
package io.hakmem.log;

import org.jspecify.annotations.NullMarked;
