package io.hakmem.bench.trace;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads traces: what {@code HAKMEM_RECORD} writes, and text, of which {@code
 * a,<thread>,<slot>,<bytes>} allocates into a slot and {@code f,<thread>,<slot>} frees it. Both are
 * recognised by their first bytes, and so is gzip around text.
 */
public final class TraceReader {

  private TraceReader() {}

  /**
   * Reads a file. One that is cut is read up to there, and the events carry a warning.
   *
   * @throws TraceException if the file is missing, or is no trace
   */
  public static Events read(Path file) throws IOException {
    if (!Files.exists(file) || Files.isDirectory(file)) {
      throw new TraceException(
          file + (Files.isDirectory(file) ? ": is a directory" : ": no such file"));
    }
    try {
      return isRecording(file) ? new RecordingReader(file).read() : readText(file);
    } catch (AccessDeniedException e) {
      throw new TraceException(file + ": may not be read");
    } catch (TraceException e) {
      throw new TraceException(file + ":" + e.getMessage());
    }
  }

  private static boolean isRecording(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(RecordingReader.MAGIC.length), RecordingReader.MAGIC);
    }
  }

  private static Events readText(Path file) throws IOException {
    boolean isPacked = isPacked(file);
    try (InputStream in = unpacked(file, isPacked);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      return new TextReader().read(lines, !isPacked && endsWithinLine(file));
    } catch (EOFException | ZipException e) {
      throw new TraceException("1: truncated or broken gzip: " + e.getMessage());
    }
  }

  private static boolean isPacked(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == 0x1f && in.read() == 0x8b;
    }
  }

  private static InputStream unpacked(Path file, boolean isPacked) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    return isPacked ? new GZIPInputStream(in, 1 << 16) : in;
  }

  /** Whether a text does not end with the end of a line, so that its last one may be cut. */
  public static boolean endsWithinLine(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      if (bytes.length() == 0) {
        return false;
      }
      bytes.seek(bytes.length() - 1);
      return bytes.read() != '\n';
    }
  }
}
