package io.hakmem.paged;

import io.hakmem.heap.LocalHeap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a box has of each heap beside pages. It is attached to the heap, and forgotten when the
 * heap's thread has ended and another heap gets its own. Any thread may call it.
 *
 * @param <T> what there is one of for each heap
 */
public final class PerHeap<T> {

  private final Class<T> type;
  private final Function<LocalHeap, T> maker;
  private final Consumer<T> ended;

  /** Guarded by this. */
  private final Map<LocalHeap, T> parts = new LinkedHashMap<>();

  /**
   * Nothing yet.
   *
   * @param maker makes the part of a heap; called once for each, under a monitor
   * @param ended is handed the part of a heap whose thread has ended, once, under the same monitor
   */
  public PerHeap(Class<T> type, Function<LocalHeap, T> maker, Consumer<T> ended) {
    this.type = type;
    this.maker = maker;
    this.ended = ended;
  }

  /** The part of a heap, made if need be. */
  public T of(LocalHeap heap) {
    T known = find(heap);
    return known == null ? make(heap) : known;
  }

  /** The part of a heap, or null if it has none. */
  public @Nullable T find(LocalHeap heap) {
    return type.cast(heap.attachment(this));
  }

  private synchronized T make(LocalHeap heap) {
    T known = find(heap);
    if (known != null) {
      return known;
    }
    forgetEnded();
    T made = maker.apply(heap);
    parts.put(heap, made);
    heap.attach(this, made);
    return made;
  }

  private void forgetEnded() {
    for (Iterator<Map.Entry<LocalHeap, T>> left = parts.entrySet().iterator(); left.hasNext(); ) {
      Map.Entry<LocalHeap, T> part = left.next();
      if (part.getKey().isOfEndedThread()) {
        ended.accept(part.getValue());
        left.remove();
      }
    }
  }

  /** Hands over each part of a heap that is not forgotten, under the monitor. */
  public synchronized void forEach(Consumer<T> each) {
    parts.values().forEach(each);
  }
}
