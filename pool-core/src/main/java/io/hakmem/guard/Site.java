package io.hakmem.guard;

import io.hakmem.heap.StackRoom;
import java.lang.StackWalker.StackFrame;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.stream.Collectors;

/** A place in a program that called the allocator. Frames are turned into text when asked. */
final class Site {

  private static final int FRAMES = 8;

  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  /** Where this artifact was loaded from: what comes from there stands between program and here. */
  private static final ProtectionDomain OWN = Site.class.getProtectionDomain();

  private final List<StackFrame> frames;

  private Site(List<StackFrame> frames) {
    this.frames = frames;
  }

  /** The program's calls that led here. */
  static Site ofCaller() {
    StackRoom.requireForSystemCall(); // The JDK's walk throws an InternalError at the end.
    return new Site(WALKER.walk(all -> all.dropWhile(Site::isInner).limit(FRAMES).toList()));
  }

  private static boolean isInner(StackFrame frame) {
    return OWN.equals(frame.getDeclaringClass().getProtectionDomain());
  }

  @Override
  public String toString() {
    return frames.stream().map(StackFrame::toString).collect(Collectors.joining(" < "));
  }
}
