package io.hakmem.record;

import io.hakmem.heap.StackRoom;
import io.hakmem.log.Logs;
import io.hakmem.log.Suppressing;
import io.hakmem.record.Outcome.Cause;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * One file, from its start to its end. Its own thread writes it, and ends it when it is told to,
 * when a limit is reached or when the file cannot be written.
 */
final class Recording {

  private static final Logger LOG = Logs.of(Recording.class);

  private static final String NAME = "hakmem-record";

  /** How often lanes of ended threads are looked for. */
  private static final long PAUSE_MS = 100;

  /** The number of the lane of all virtual threads. */
  private static final int VIRTUAL = 0;

  private final Path path;
  private final boolean whole;
  private final long mostBytes;
  private final long mostNs;
  private final Runnable ended;
  private final TraceFile file;
  private final BlockQueue full = new BlockQueue();

  @SuppressWarnings("ThreadLocalUsage") // A lane is of one thread and one recording.
  private final ThreadLocal<Lane> own = new ThreadLocal<>();

  private final long startNs = System.nanoTime();
  private final Lane ofVirtual = new Lane(full, VIRTUAL, startNs, null);
  private final Thread writer;

  /** Guarded by itself. */
  private final List<Lane> lanes = new ArrayList<>(List.of(ofVirtual));

  private int made = 1; // Guarded by lanes.
  private long events; // Of lanes that ended; the writer's.
  private long lost; // Likewise.
  private long written; // The events of blocks that were handed to the file; likewise.
  private volatile @Nullable Outcome outcome; // Once it ended.

  /**
   * Starts to write. If the disk is full, one that begins with its allocator ends at once with a
   * warning, since the program matters more; whoever starts one later is told.
   *
   * @param whole whether the allocator has made no block yet
   * @param mostBytes where it ends; 0 sets no bound
   * @param mostMs when it ends; 0 sets no bound
   * @param ended called once on the writer's thread, before the last operations are written
   * @throws IOException if the file cannot be written
   */
  Recording(Path path, boolean whole, long mostBytes, long mostMs, Runnable ended)
      throws IOException {
    this.path = path;
    this.whole = whole;
    this.mostBytes = mostBytes == 0 ? Long.MAX_VALUE : mostBytes;
    this.mostNs = mostMs == 0 ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(mostMs);
    this.ended = ended;
    this.writer = new Thread(this::write, NAME);
    writer.setDaemon(true);
    this.file = new TraceFile(path); // Last: nobody would close it.
  }

  /** Once. */
  void start() throws IOException {
    try {
      if (!whole) {
        file.begin(false);
      }
      writer.start();
    } catch (Throwable refused) {
      full.drop(); // Other threads have found their lanes meanwhile.
      Suppressing.close(file, refused);
      throw refused;
    }
  }

  /** The lane of the calling thread. */
  Lane lane() {
    Thread thread = Thread.currentThread();
    if (thread.isVirtual()) {
      return ofVirtual;
    }
    Lane known = own.get();
    return known == null ? newLaneSlow(thread) : known;
  }

  private Lane newLaneSlow(Thread thread) {
    StackRoom.requireForSystemCall();
    synchronized (lanes) {
      Lane lane = new Lane(full, made, startNs, thread);
      lanes.add(lane);
      own.set(lane);
      made++;
      return lane;
    }
  }

  /** Ends the recording and waits until all of it is in the file. Returns what it came to. */
  Outcome stop() {
    full.stop();
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Outcome known = outcome;
    return known == null ? outcome(Cause.FAILURE, "") : known;
  }

  private Outcome outcome(Cause cause, String failure) {
    return new Outcome(path, written, file.fileBytes(), cause, failure);
  }

  private void write() {
    try {
      Cause cause = writeFile();
      outcome = outcome(cause, "");
      LOG.info("recorded {} events into {}, until {}", events, path, cause);
    } catch (IOException | InterruptedException | RuntimeException | Error failed) {
      full.drop();
      outcome =
          outcome(
              Cause.FAILURE,
              failed instanceof IOException e ? Recorder.reason(e) : failed.toString());
      LOG.warn("the recording into {} ends: {}", path, failed.toString());
    } finally {
      ended.run();
      full.drop();
    }
  }

  private Cause writeFile() throws IOException, InterruptedException {
    try (file) {
      if (whole) {
        file.begin(true);
      }
      Cause cause = writeBlocks();
      finish();
      return cause;
    }
  }

  private void write(Lane.Block block, boolean packs) throws IOException {
    file.write(block, packs);
    written += block.events();
  }

  /** Returns why it ends. */
  private Cause writeBlocks() throws IOException, InterruptedException {
    long sweepNs = startNs;
    while (true) {
      Lane.Block block = full.take(PAUSE_MS);
      if (block != null) {
        write(block, !full.isLong());
      }
      long now = System.nanoTime();
      if (now - sweepNs > TimeUnit.MILLISECONDS.toNanos(PAUSE_MS)) {
        sweepNs = now;
        endLanes(false);
        file.flush();
      }
      if (full.isStopping()) {
        return Cause.STOPPED;
      }
      if (file.writtenBytes() >= mostBytes || now - startNs >= mostNs) {
        return file.writtenBytes() >= mostBytes ? Cause.SIZE : Cause.TIME;
      }
    }
  }

  private void finish() throws IOException {
    ended.run();
    full.open();
    endLanes(true);
    for (Lane.Block block = full.takeNow(); block != null; block = full.takeNow()) {
      write(block, true);
    }
    file.end(events, lost);
    file.flush();
  }

  /** Ends all lanes, or those whose threads have ended. */
  private void endLanes(boolean all) {
    List<Lane> ending = new ArrayList<>();
    synchronized (lanes) {
      Iterator<Lane> each = lanes.iterator();
      while (each.hasNext()) {
        Lane lane = each.next();
        if (all || lane.isOfEndedThread()) {
          each.remove();
          ending.add(lane);
        }
      }
    }
    for (Lane lane : ending) {
      Lane.Noted noted = lane.end();
      events += noted.events();
      lost += noted.lost();
    }
  }
}
