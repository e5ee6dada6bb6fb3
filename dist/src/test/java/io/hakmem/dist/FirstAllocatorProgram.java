package io.hakmem.dist;

import io.hakmem.HakAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Prints which events the first allocator of a JVM writes before its program does anything. */
final class FirstAllocatorProgram {

  private FirstAllocatorProgram() {}

  @SuppressWarnings("SystemOut") // A program.
  public static void main(String[] arguments) throws IOException {
    Path file = Files.createTempFile("hakmem", ".jfr");
    try (Recording recording = new Recording()) {
      for (String name : arguments) {
        recording.enable("io.hakmem." + name).withoutThreshold().with("throttle", "off");
      }
      recording.start();
      try (HakAllocator allocator = HakAllocator.create()) {
        System.out.println("made " + allocator.composition().directory());
      }
      recording.stop();
      recording.dump(file);
      for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
        if (event.getEventType().getName().startsWith("io.hakmem.")) {
          System.out.println("event " + event);
        }
      }
    } finally {
      Files.delete(file);
    }
  }
}
