package io.hakmem.bench.option;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that a command writes at its end, and what is said where it cannot be written. */
public final class WrittenFile {

  private WrittenFile() {}

  /** Writes a file. */
  @FunctionalInterface
  public interface Content {

    /** Writes all of it. */
    void write(Path file) throws IOException;
  }

  /** Writes a text; see {@link #write(String, Path, Content)}. */
  public static void write(String option, Path file, String text) throws IOException {
    write(option, file, to -> Files.writeString(to, text));
  }

  /**
   * Writes a file, or leaves none.
   *
   * @param option that names the file
   * @throws IOException that says which file could not be written, and why
   */
  public static void write(String option, Path file, Content content) throws IOException {
    try {
      content.write(file);
    } catch (IOException e) {
      if (Files.isRegularFile(file)) {
        Files.delete(file); // A part of a page or of a trace would be taken for the whole.
      }
      throw new IOException(refusal(option, file, e), e);
    }
  }

  /** One sentence without the name of a Java class. */
  static String refusal(String option, Path file, IOException e) {
    return option + "=" + file + " cannot be written: " + reason(e);
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "its folder does not exist";
      case FileAlreadyExistsException _ -> "a file is there";
      case AccessDeniedException _ -> "permission denied";
      case FileSystemException refused when refused.getReason() != null -> refused.getReason();
      default -> e.getMessage() == null ? e.toString() : e.getMessage();
    };
  }
}
