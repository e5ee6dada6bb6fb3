/** Settings as data: gates, their values, profiles, and sizes as people write them. */
@NullMarked
package io.hakmem.gate;

import org.jspecify.annotations.NullMarked;
