package io.hakmem.guard;

import io.hakmem.heap.StackRoom;
import java.lang.StackWalker.StackFrame;
import java.security.ProtectionDomain;
import java.util.List;

/** A place in a program that called the allocator. Frames are turned into text when asked. */
public final class Site {

  /** Enough for a message. */
  static final int FRAMES = 8;

  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  /** Where this artifact was loaded from: what comes from there stands between program and here. */
  private static final ProtectionDomain OWN = Site.class.getProtectionDomain();

  private final List<StackFrame> frames;

  private Site(List<StackFrame> frames) {
    this.frames = frames;
  }

  /**
   * The program's calls that led here, the innermost first.
   *
   * @throws StackOverflowError if there is no room on the stack for the walk
   */
  public static Site ofCaller() {
    return ofCaller(FRAMES);
  }

  /** The same with at most so many of them. */
  static Site ofCaller(int frames) {
    StackRoom.requireForSystemCall(); // The JDK's walk throws an InternalError at the end.
    return new Site(WALKER.walk(all -> all.dropWhile(Site::isInner).limit(frames).toList()));
  }

  private static boolean isInner(StackFrame frame) {
    return OWN.equals(frame.getDeclaringClass().getProtectionDomain());
  }

  /** A text for each call, the innermost first. */
  List<String> frames() {
    return frames.stream().map(StackFrame::toString).toList();
  }

  @Override
  public String toString() {
    return String.join(" < ", frames());
  }
}
