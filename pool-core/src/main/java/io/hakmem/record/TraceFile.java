package io.hakmem.record;

import io.hakmem.log.Suppressing;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.Deflater;

/** The file that a recording writes. One thread uses it. */
final class TraceFile implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 16;

  private final FileChannel channel;
  private final DataOutputStream out;
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private byte[] deflated = new byte[BUFFER_BYTES];
  private long written;
  private long fileBytes;

  /**
   * Empties the file, or makes it, and locks it until it is closed.
   *
   * @throws OverlappingFileLockException if a recording writes it, of this JVM or of another
   */
  TraceFile(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    try {
      if (Files.isRegularFile(file)) {
        lock(channel);
      }
      if (channel.size() > 0) {
        channel.truncate(0); // What cannot be emptied, such as a pipe, has no size.
      }
      out =
          new DataOutputStream(
              new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES));
    } catch (Throwable refused) {
      Suppressing.close(channel, refused);
      throw refused;
    }
  }

  /**
   * Writes the head.
   *
   * @param whole whether the recording begins with its allocator
   */
  void begin(boolean whole) throws IOException {
    out.write(TraceFormat.MAGIC);
    out.write(TraceFormat.VERSION);
    out.write(whole ? TraceFormat.WHOLE : 0);
    out.writeLong(System.currentTimeMillis());
    out.flush();
  }

  /** A child of a recorded program has its environment, and would write into its file. */
  private static void lock(FileChannel channel) {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (IOException none) {
      return; // This file system has no locks: the name has to differ.
    }
    if (lock == null) {
      throw new OverlappingFileLockException();
    }
  }

  /**
   * Writes a block.
   *
   * @param packs whether there is time to deflate it
   */
  void write(Lane.Block block, boolean packs) throws IOException {
    int stored = packs ? deflate(block) : block.length();
    boolean isPacked = stored < block.length();
    out.write(isPacked ? TraceFormat.DEFLATED : TraceFormat.PLAIN);
    out.writeInt(block.lane());
    out.writeInt(block.length());
    out.writeInt(isPacked ? stored : block.length());
    out.write(isPacked ? deflated : block.bytes(), 0, isPacked ? stored : block.length());
    written += isPacked ? stored : block.length();
  }

  /** The length; at least that of the block if it grew. */
  private int deflate(Lane.Block block) {
    if (deflated.length < block.length()) {
      deflated = new byte[block.length()];
    }
    deflater.reset();
    deflater.setInput(block.bytes(), 0, block.length());
    deflater.finish();
    int length = deflater.deflate(deflated, 0, block.length());
    return deflater.finished() ? length : block.length();
  }

  void flush() throws IOException {
    out.flush();
  }

  void end(long events, long lost) throws IOException {
    out.write(TraceFormat.END);
    out.writeLong(events);
    out.writeLong(lost);
  }

  /** Bytes of events so far. */
  long writtenBytes() {
    return written;
  }

  /** The size of the file; known when it is closed. */
  long fileBytes() {
    return fileBytes;
  }

  @Override
  public void close() throws IOException {
    deflater.end();
    try (out) {
      try {
        out.flush();
      } finally {
        fileBytes = channel.size();
      }
    }
  }
}
