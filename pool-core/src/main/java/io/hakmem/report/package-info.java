/**
 * What is told of whole allocators: at the end of the JVM, on demand, and when one was forgotten.
 */
@NullMarked
package io.hakmem.report;

import org.jspecify.annotations.NullMarked;
