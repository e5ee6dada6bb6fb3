/** Turns an address into the descriptor of its page. */
@NullMarked
package io.hakmem.middesc;

import org.jspecify.annotations.NullMarked;
