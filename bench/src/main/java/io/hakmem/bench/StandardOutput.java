package io.hakmem.bench;

import io.hakmem.bench.fork.Progress;
import io.hakmem.bench.page.TerminalWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;

/**
 * Standard output that ends the command when it cannot be written: what the JDK offers for it keeps
 * quiet until it is asked.
 */
final class StandardOutput extends OutputStream {

  private final OutputStream out;

  private StandardOutput(OutputStream out) {
    this.out = out;
  }

  /** That of this JVM. */
  static PrintWriter writer() {
    PrintWriter plain = writer(new FileOutputStream(FileDescriptor.out));
    return Progress.isSeen() ? new TerminalWriter(plain) : plain;
  }

  static PrintWriter writer(OutputStream out) {
    String encoding = System.getProperty("stdout.encoding", Charset.defaultCharset().name());
    return new PrintWriter(new StandardOutput(out), true, Charset.forName(encoding));
  }

  /** Whoever read it has ended, and wants to hear no more. */
  static boolean isClosedPipe(Throwable thrown) {
    Throwable cause = thrown instanceof UncheckedIOException ? thrown.getCause() : null;
    return cause != null && "Broken pipe".equals(cause.getMessage());
  }

  private static UncheckedIOException failure(IOException e) {
    return new UncheckedIOException("standard output: " + e.getMessage(), e);
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw failure(e);
    }
  }
}
