/** Puts boxes together and runs them behind the API. */
@NullMarked
package io.hakmem.compose;

import org.jspecify.annotations.NullMarked;
