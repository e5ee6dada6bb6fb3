/** Runs every operation once where there is room for it, before anybody needs it. */
@NullMarked
package io.hakmem.rehearsal;

import org.jspecify.annotations.NullMarked;
