package io.hakmem.rehearsal;

import io.hakmem.AllocatorClosedException;
import io.hakmem.HakmemException;
import io.hakmem.InvalidFreeException;
import io.hakmem.compose.Composer;
import io.hakmem.engine.Engine;
import io.hakmem.event.Events;
import io.hakmem.gate.Checks;
import io.hakmem.guard.KnownBlock;
import io.hakmem.guard.LeakSampler;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.heap.StackRoom;
import io.hakmem.log.Logs;
import java.lang.foreign.Arena;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;

/**
 * Runs every operation once, before the first allocator of the JVM is handed out. The JVM
 * initialises a class, and links an atomic operation, when they are used first. At the end of the
 * stack or of the Java heap that fails: a class is then broken for ever, those of the JDK too, and
 * a link needs more room than any slow path asks for.
 */
public final class Rehearsal {

  private static final Logger LOG = Logs.of(Rehearsal.class);

  /** Guarded by this class. */
  private static final Set<Checks> DONE = EnumSet.noneOf(Checks.class);

  private static volatile boolean areRecordsDone;

  private static final int PARTS = 5;

  private static final long LARGE_BYTES = 1 << 20;

  /** What is zeroed by copies, in more than one of them. */
  private static final long ZEROED_BYTES = 20 << 10;

  private static final long OWN_MAPPING_BYTES = Composer.BARE_MAPPING_BYTES;
  private static final long MOST_COPIED_BYTES = 300;

  private final Engine engine;

  private Rehearsal(Engine engine) {
    this.engine = engine;
  }

  /**
   * Rehearses once without full checks, and once with them if they are asked for.
   *
   * @param maker of an allocator with such checks, which nobody else uses
   * @throws StackOverflowError if there is no room on the stack for it; nothing has begun then
   */
  public static synchronized void once(Checks checks, Function<Checks, Engine> maker) {
    rehearse(Checks.ON, maker);
    if (checks == Checks.FULL) {
      rehearse(checks, maker);
    }
  }

  /**
   * Does the same for the records that programs are handed, before the first one of them. To link
   * what they say of themselves takes as long as all the rest, and many programs ask for none.
   *
   * @throws StackOverflowError if there is no room on the stack for it; nothing has begun then
   */
  public static void ofRecords() {
    if (!areRecordsDone) {
      StackRoom.requireForRehearsal();
      sayFacts();
    }
  }

  private static synchronized void sayFacts() {
    if (!areRecordsDone) {
      Facts.say();
      areRecordsDone = true;
    }
  }

  private static void rehearse(Checks checks, Function<Checks, Engine> maker) {
    if (DONE.contains(checks)) {
      return;
    }
    StackRoom.requireForRehearsal();
    Events.beginRehearsal();
    try {
      rehearseOn(checks, maker);
    } finally {
      Events.endRehearsal();
    }
    DONE.add(checks);
  }

  private static void rehearseOn(Checks checks, Function<Checks, Engine> maker) {
    try (Engine engine = maker.apply(checks)) {
      Rehearsal rehearsal = new Rehearsal(engine);
      for (int part = 0; part < PARTS; part++) {
        rehearsal.tryOut(part);
      }
    } catch (HakmemException refused) {
      LOG.debug("there is nothing to rehearse on", refused);
    }
  }

  /** A system without room for one block does not keep the rest from being rehearsed. */
  private void tryOut(int part) {
    try {
      switch (part) { // Each method reference would be linked, and this is the start of a program.
        case 0 -> session();
        case 1 -> blocks();
        case 2 -> refusals();
        case 3 -> samples();
        default -> figures();
      }
    } catch (HakmemException refused) {
      LOG.debug("a rehearsal was broken off", refused);
    }
  }

  /** Behind each confined arena is one of the JDK, whose class could be broken for ever. */
  private static void session() {
    try (Arena arena = Arena.ofConfined()) {
      LOG.trace("the JDK has {}", arena.scope());
    }
  }

  /** The JDK has ways of its own for copies of less than a word, of some words, and of more. */
  private void blocks() {
    for (long bytes = 1; bytes < MOST_COPIED_BYTES; bytes = 2 * bytes + 1) {
      long from = allocate(bytes);
      long to = allocate(MOST_COPIED_BYTES);
      engine.contents().zeroSlow(from, 0, bytes);
      engine.contents().copy(engine.requireLive(from), from, to, bytes);
      engine.frees().free(from);
      engine.freeSized(to, MOST_COPIED_BYTES);
    }
    for (long bytes : new long[] {LARGE_BYTES, OWN_MAPPING_BYTES}) {
      long large = allocate(bytes);
      engine.contents().zeroSlow(large, 0, ZEROED_BYTES);
      engine.contents().usable(large).asByteBuffer().order(ByteOrder.nativeOrder());
      engine.frees().free(large);
    }
    engine.frees().free(engine.allocateAlignedSlow(1, LARGE_BYTES, 1));
    reallocate();
    if (!engine.contents().isGuarded()) { // Which would miss the block.
      remoteFree();
    }
  }

  /** In place, longer and shorter, and to another place. */
  private void reallocate() {
    long block = allocate(LARGE_BYTES);
    block = engine.reallocations().reallocate(block, 2 * LARGE_BYTES);
    block = engine.reallocations().reallocate(block, LARGE_BYTES / 2);
    engine.frees().free(engine.reallocations().reallocate(block, 1));
  }

  /** What a collector does to the heap of a thread that waits, and the thread when it goes on. */
  private void resume(LocalHeap heap) {
    heap.access().stopAllocations();
    heap.access().stopFrees();
    heap.access().collect(LocalHeap::hasPages);
    engine.frees().free(allocate(MOST_COPIED_BYTES));
  }

  private long allocate(long bytes) {
    return engine.heaps().current().allocate(bytes);
  }

  /** What other threads do to a page, and what its owner does with it. */
  private void remoteFree() {
    long block = allocate(MOST_COPIED_BYTES);
    Page page = engine.requireLive(block);
    LocalHeap owner = page.ownerVolatile();
    if (owner == null) {
      return;
    }
    page.claimRemote(block);
    page.unclaimRemote(block);
    page.isQueued();
    page.waiting();
    page.claimRemote(block);
    page.handler().freeRemote(page, block);
    page.claimMissed();
    engine.bringSlow(page, block);
    owner.inbox().putBack(owner.inbox().takeAll());
    owner.inbox().take(page.handler());
    page.drain();
    page.pin();
    page.unpin();
    page.changeOwner(owner, owner);
    resume(owner);
    engine.trim();
  }

  private void refusals() {
    long block = allocate(MOST_COPIED_BYTES);
    refuseFree(block + 1);
    engine.frees().free(block);
    refuseFree(block);
    refuseFree(1);
    try {
      engine.contents().usableBytes(block);
    } catch (InvalidFreeException expected) {
      LOG.trace("refused", expected);
    }
    try {
      allocate(0);
    } catch (IllegalArgumentException expected) {
      LOG.trace("refused", expected);
    }
  }

  private void refuseFree(long address) {
    try {
      engine.frees().free(address);
    } catch (InvalidFreeException expected) {
      LOG.trace("refused", expected);
    }
  }

  /** What leak sampling does, which no gate asks for here. */
  private void samples() {
    LeakSampler sampler = new LeakSampler(1, System::nanoTime);
    if (sampler.takes()) {
      KnownBlock sample = sampler.newSample(1);
      sampler.allocated(sample, 1);
      sampler.allocated(sampler.newSample(1), 2);
      sampler.leaks(Duration.ZERO);
      sampler.freed(1);
      sampler.notFreed(sample);
    }
  }

  private void figures() {
    engine.stats();
    engine.boxLines();
    engine.checkInvariants();
    engine.owns(1);
    engine.trim();
    engine.close();
    try {
      engine.trim();
    } catch (AllocatorClosedException expected) {
      LOG.trace("refused", expected);
    }
  }
}
