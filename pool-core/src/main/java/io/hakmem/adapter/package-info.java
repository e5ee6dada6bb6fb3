/** What adapters for other libraries have in common. */
@NullMarked
package io.hakmem.adapter;

import org.jspecify.annotations.NullMarked;
