/** The heap that serves a thread: how it is made, and how it is found. */
@NullMarked
package io.hakmem.thread;

import org.jspecify.annotations.NullMarked;
