package io.hakmem.guard;

import java.lang.StackWalker.StackFrame;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A place in a program that called the allocator. Frames are turned into text when asked. */
final class Site {

  private static final int FRAMES = 8;

  private static final StackWalker WALKER = StackWalker.getInstance();

  /** Between the program and here. */
  private static final Set<String> INNER =
      Set.of("io.hakmem.compose", "io.hakmem.spi", "io.hakmem.guard", "io.hakmem.arena");

  private static final Set<String> API = Set.of("io.hakmem.HakAllocator", "io.hakmem.Heap");

  private final List<StackFrame> frames;

  private Site(List<StackFrame> frames) {
    this.frames = frames;
  }

  /** The program's calls that led here. */
  static Site ofCaller() {
    return new Site(WALKER.walk(all -> all.dropWhile(Site::isInner).limit(FRAMES).toList()));
  }

  private static boolean isInner(StackFrame frame) {
    String name = frame.getClassName();
    String outermost = name.indexOf('$') < 0 ? name : name.substring(0, name.indexOf('$'));
    int dot = outermost.lastIndexOf('.');
    return API.contains(outermost) || (dot > 0 && INNER.contains(outermost.substring(0, dot)));
  }

  @Override
  public String toString() {
    return frames.stream().map(StackFrame::toString).collect(Collectors.joining(" < "));
  }
}
