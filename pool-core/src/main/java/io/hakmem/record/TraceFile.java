package io.hakmem.record;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;

/** The file that a recording writes. One thread uses it. */
final class TraceFile implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 16;

  private final DataOutputStream out;
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private byte[] deflated = new byte[BUFFER_BYTES];
  private long written;

  /** Empties the file, or makes it. */
  TraceFile(Path file, boolean whole) throws IOException {
    out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES));
    out.write(TraceFormat.MAGIC);
    out.write(TraceFormat.VERSION);
    out.write(whole ? TraceFormat.WHOLE : 0);
    out.writeLong(System.currentTimeMillis());
    out.flush();
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

  @Override
  public void close() throws IOException {
    deflater.end();
    out.close();
  }
}
