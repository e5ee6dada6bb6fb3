package io.hakmem.jmx;

import io.hakmem.HakAllocatorMXBean;
import io.hakmem.HakAllocatorMXBean.Snapshot;
import io.hakmem.Stats;
import io.hakmem.record.Outcome;
import io.hakmem.record.Recorder;
import io.hakmem.report.AllocatorView;
import io.hakmem.report.StatsTable;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An allocator behind its bean. */
public final class AllocatorBean implements HakAllocatorMXBean {

  /** What all attributes of one request are from. */
  private static final ScopedValue<Snapshot> SNAPSHOT = ScopedValue.newInstance();

  private final AllocatorView allocator;

  private final @Nullable Recorder recorder;

  /** A bean that asks the allocator on the threads of whoever asks the bean. */
  public AllocatorBean(AllocatorView allocator, @Nullable Recorder recorder) {
    this.allocator = allocator;
    this.recorder = recorder;
  }

  @Override
  public String getComposition() {
    return allocator.composition();
  }

  @Override
  public Snapshot getStats() {
    return SNAPSHOT.isBound() ? SNAPSHOT.get() : allocator.stats();
  }

  /** Runs a request whose attributes are all of one moment, and cost what one of them does. */
  <T> T ofOneMoment(Supplier<T> request) {
    return ScopedValue.where(SNAPSHOT, allocator.stats()).call(request::get);
  }

  @Override
  public long getReservedBytes() {
    return getStats().reservedBytes();
  }

  @Override
  public long getCommittedBytes() {
    return getStats().committedBytes();
  }

  @Override
  public long getPeakCommittedBytes() {
    return getStats().peakCommittedBytes();
  }

  @Override
  public long getLimitBytes() {
    return getStats().limitBytes();
  }

  @Override
  public long getLiveBytes() {
    return getStats().liveBytes();
  }

  @Override
  public long getCachedBytes() {
    return getStats().cachedBytes();
  }

  @Override
  public long getAllocations() {
    return getStats().allocations();
  }

  @Override
  public long getFrees() {
    return getStats().frees();
  }

  @Override
  public long getRemoteFrees() {
    return getStats().remoteFrees();
  }

  @Override
  public long getRefusedFrees() {
    return getStats().refusedFrees();
  }

  @Override
  public Stats.RefusedFrees getRefused() {
    return getStats().refused();
  }

  @Override
  public long getLimitHits() {
    return getStats().limitHits();
  }

  @Override
  public long getOutOfMemory() {
    return getStats().outOfMemory();
  }

  @Override
  public long getTrims() {
    return getStats().trims();
  }

  @Override
  public long getTrimmedBytes() {
    return getStats().trimmedBytes();
  }

  @Override
  public List<Stats.Box> getBoxes() {
    return getStats().boxes();
  }

  @Override
  public List<Stats.SizeClass> getSizeClasses() {
    return getStats().sizeClasses();
  }

  @Override
  public List<Stats.Fallback> getFallbacks() {
    return getStats().fallbacks();
  }

  @Override
  public Map<String, Long> getCounters() {
    return getStats().counters();
  }

  @Override
  public String dump() {
    return StatsTable.of(allocator);
  }

  @Override
  public List<LiveSite> liveSites() {
    return allocator.liveSites().stream()
        .map(leak -> new LiveSite(leak.frames(), leak.blocks(), leak.bytes()))
        .toList();
  }

  @Override
  public boolean isTracked() {
    return allocator.isTracked();
  }

  @Override
  public long trim() {
    return allocator.trim();
  }

  @Override
  public boolean isRecording() {
    return recorder != null && recorder.isRunning();
  }

  @Override
  public String startRecording(String file, long mostBytes, long mostMs) {
    Objects.requireNonNull(file, "file");
    if (mostBytes < 0 || mostMs < 0) {
      throw new IllegalArgumentException(
          "mostBytes=%d and mostMs=%d must be 0 or more".formatted(mostBytes, mostMs));
    }
    try {
      return required().start(file, mostBytes, mostMs).toString();
    } catch (IOException | InvalidPathException e) {
      throw new IllegalStateException(file + " cannot be written: " + Recorder.reason(e), e);
    }
  }

  @Override
  public Recorded stopRecording() {
    Outcome outcome = required().stop();
    if (outcome == null) {
      throw new IllegalStateException("nothing is recorded");
    }
    RecordingEnd end =
        switch (outcome.cause()) {
          case STOPPED -> RecordingEnd.STOPPED;
          case SIZE -> RecordingEnd.SIZE;
          case TIME -> RecordingEnd.TIME;
          case FAILURE -> RecordingEnd.FAILURE;
        };
    return new Recorded(
        outcome.file().toString(), outcome.events(), outcome.bytes(), end, outcome.failure());
  }

  private Recorder required() {
    if (recorder == null) {
      throw new IllegalStateException(
          "the allocator cannot be recorded: start its program with HAKMEM_RECORD=attach");
    }
    return recorder;
  }
}
