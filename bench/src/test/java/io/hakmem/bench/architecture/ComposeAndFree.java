package io.hakmem.bench.architecture;

import io.hakmem.HakAllocator;
import io.hakmem.RawMemory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/** What a program of a user does, run in a JVM of its own by {@link ModulePathTest}. */
final class ComposeAndFree {

  private ComposeAndFree() {}

  /** Prints the module of the allocator and the composition, after using a block. */
  public static void main(String[] arguments) {
    try (HakAllocator allocator = HakAllocator.create()) {
      MemorySegment block = allocator.segment(100);
      block.fill((byte) 1);
      System.out.println("raw " + raw(block.address()));
      allocator.free(block.address());
      System.out.println("arena " + arena(allocator));
      System.out.println("module " + HakAllocator.class.getModule().getName());
      System.out.print(allocator.describe());
      if (Boolean.getBoolean("watched")) {
        watch(allocator);
      }
    }
  }

  /** Prints what a management tool and Flight Recorder see. */
  private static void watch(HakAllocator allocator) {
    try (Recording recording = new Recording()) {
      recording.start();
      allocator.trim();
      recording.stop();
      Path file = Files.createTempFile("watched", ".jfr");
      recording.dump(file);
      long trims =
          RecordingFile.readAllEvents(file).stream()
              .filter(event -> event.getEventType().getName().equals("io.hakmem.Trim"))
              .count();
      Files.delete(file);
      ObjectName name = new ObjectName("io.hakmem:type=HakAllocator,name=allocator");
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      CompositeData stats = (CompositeData) server.getAttribute(name, "Stats");
      System.out.println("events " + trims + ", trims of the bean " + stats.get("trims"));
    } catch (IOException | JMException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String raw(long address) {
    try {
      return Integer.toHexString(RawMemory.getInt(address));
    } catch (UnsupportedOperationException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  private static String arena(HakAllocator allocator) {
    try (Arena confined = allocator.arena();
        Arena shared = allocator.sharedArena()) {
      return confined.allocateFrom("works").getString(0)
          + " shared "
          + shared.allocateFrom("too").getString(0);
    } catch (UnsupportedOperationException refused) {
      return String.valueOf(refused.getMessage());
    }
  }
}
