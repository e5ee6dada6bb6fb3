package io.hakmem.netty;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Clients of {@link HttpEcho}, each on a connection and a thread of its own: they send bodies of 64
 * B to 16 KiB, and compare what comes back. They use no buffer of Netty.
 */
final class HttpLoad {

  static final int CONNECTIONS = 8;

  private static final int LEAST_BODY_BYTES = 64;
  private static final int MOST_BODY_BYTES = 16 << 10;

  private HttpLoad() {}

  /** Sends so many requests on each connection; returns how many were answered right. */
  static long run(InetSocketAddress server, int requests, long seed)
      throws InterruptedException, ExecutionException {
    long right = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<Long>> all = new ArrayList<>();
      for (int connection = 0; connection < CONNECTIONS; connection++) {
        SplittableRandom random = new SplittableRandom(seed + connection);
        all.add(threads.submit(() -> converse(server, requests, random)));
      }
      for (Future<Long> each : all) {
        right += each.get();
      }
    }
    return right;
  }

  private static long converse(InetSocketAddress server, int requests, SplittableRandom random)
      throws IOException {
    long right = 0;
    try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      for (int request = 0; request < requests; request++) {
        byte[] body = new byte[random.nextInt(LEAST_BODY_BYTES, MOST_BODY_BYTES + 1)];
        random.nextBytes(body);
        out.write(message(body));
        right += Arrays.equals(answer(in), body) ? 1 : 0;
      }
    }
    return right;
  }

  private static byte[] message(byte[] body) {
    byte[] head =
        "POST / HTTP/1.1\r\nhost: echo\r\ncontent-length: %d\r\n\r\n"
            .formatted(body.length)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] message = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, message, head.length, body.length);
    return message;
  }

  private static byte[] answer(DataInputStream in) throws IOException {
    if (!line(in).equals("HTTP/1.1 200 OK")) {
      throw new IOException("the server refused");
    }
    int bytes = -1;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.startsWith("content-length: ")) {
        bytes = Integer.parseInt(header.substring("content-length: ".length()));
      }
    }
    byte[] body = new byte[bytes];
    in.readFully(body);
    return body;
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int each = in.readUnsignedByte(); each != '\n'; each = in.readUnsignedByte()) {
      if (each != '\r') {
        line.append((char) each);
      }
    }
    return line.toString();
  }
}
