package io.hakmem.guard;

import io.hakmem.heap.StackRoom;
import java.lang.StackWalker.StackFrame;
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

  /** A box that is asked calls back into this artifact in fewer. */
  private static final int BOX_FRAMES = 8;

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
   * The program begins behind the frames of this artifact, and behind what those call: boxes of
   * other artifacts, and the JDK. A call that comes back from the JDK is the program's: it may be a
   * clean-up action of an arena.
   */
  private static List<StackFrame> ofProgram(Iterator<StackFrame> all, int most) {
    List<StackFrame> program = new ArrayList<>();
    boolean isOfJdkAlone = true;
    Class<?> inner = Site.class;
    for (int outside = 0; all.hasNext() && outside < most + BOX_FRAMES; ) {
      StackFrame frame = all.next();
      Class<?> type = frame.getDeclaringClass();
      if (isOwn(type) && (isOfJdkAlone || !isOfJdk(inner))) {
        program.clear();
        outside = 0;
        isOfJdkAlone = true;
      } else {
        outside++;
        isOfJdkAlone &= isOfJdk(type);
        if (program.size() < most) {
          program.add(frame);
        }
      }
      inner = type;
    }
    return program;
  }

  private static boolean isOwn(Class<?> type) {
    return OWN.equals(type.getProtectionDomain());
  }

  private static boolean isOfJdk(Class<?> type) {
    return type.getClassLoader() == null;
  }

  /** A text for each call, the innermost first. */
  List<String> frames() {
    List<String> texts = new ArrayList<>();
    for (StackFrame frame : frames) {
      texts.add(frame.toString());
    }
    return List.copyOf(texts);
  }

  @Override
  public String toString() {
    return String.join(" < ", frames());
  }
}
