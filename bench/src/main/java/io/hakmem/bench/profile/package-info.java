/** Where the measured loop spends its time, by symbol and by box. */
@NullMarked
package io.hakmem.bench.profile;

import org.jspecify.annotations.NullMarked;
