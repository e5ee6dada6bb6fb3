package io.hakmem.bench.option;

import io.hakmem.bench.fork.CommandFailure;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that a call reads whole, and what is said where it cannot be read. */
public final class ReadFile {

  private ReadFile() {}

  /**
   * The text of a file.
   *
   * @throws CommandFailure if it cannot be read; the message names the file
   */
  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new CommandFailure(file + ": no such file", e);
    } catch (AccessDeniedException e) {
      throw new CommandFailure(file + ": permission denied", e);
    } catch (CharacterCodingException e) {
      throw new CommandFailure(file + ": is no text", e);
    } catch (IOException e) {
      throw new CommandFailure(file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
