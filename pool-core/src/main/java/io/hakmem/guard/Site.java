package io.hakmem.guard;

import io.hakmem.HakmemException;
import io.hakmem.heap.StackRoom;
import java.lang.StackWalker.StackFrame;
import java.lang.foreign.SegmentAllocator;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A place in a program that called the allocator. Frames are turned into text when asked. */
public final class Site {

  /** Enough for a message. */
  static final int FRAMES = 8;

  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  /** Where this artifact was loaded from: what comes from there stands between program and here. */
  private static final ProtectionDomain OWN = Site.class.getProtectionDomain();

  /** What programs call, beside arenas and other segment allocators. */
  private static final String API = HakmemException.class.getPackageName();

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
    return new Site(WALKER.walk(all -> ofProgram(all.iterator(), frames)));
  }

  /**
   * Frames of this artifact come first, and between them those of boxes of others; so the program
   * begins behind the innermost call of the API, or behind the first frames where there is none.
   */
  private static List<StackFrame> ofProgram(Iterator<StackFrame> all, int most) {
    List<StackFrame> program = new ArrayList<>();
    boolean isCalled = false;
    while (all.hasNext() && (program.size() < most || !isCalled)) {
      StackFrame frame = all.next();
      Class<?> type = frame.getDeclaringClass();
      boolean isOwn = OWN.equals(type.getProtectionDomain());
      if (isOwn && !isCalled && isOfApi(type)) {
        isCalled = true;
        program.clear();
      } else if (program.size() < most && !(isOwn && program.isEmpty())) {
        program.add(frame);
      }
    }
    return program;
  }

  private static boolean isOfApi(Class<?> type) {
    return type.getPackageName().equals(API) || SegmentAllocator.class.isAssignableFrom(type);
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
