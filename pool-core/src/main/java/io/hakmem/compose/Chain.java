package io.hakmem.compose;

import io.hakmem.BoxFailedException;
import io.hakmem.gate.Settings;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageSupply;
import io.hakmem.spi.PoolBox;
import io.hakmem.spi.PoolBoxProvider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes the boxes of a composition, from the last one on, since each gets the one behind it. */
final class Chain {

  private final PageDirectory directory;
  private final PageSupply supply;
  private final Settings settings;
  private final List<ComposedBox> made = new ArrayList<>();

  /** Names of boxes that asked for the box behind them. */
  private final Set<String> askedForNext = new HashSet<>();

  Chain(PageDirectory directory, PageSupply supply, Settings settings) {
    this.directory = directory;
    this.supply = supply;
    this.settings = settings;
  }

  /** The boxes that the settings select, those that are asked first in front. */
  List<ComposedBox> of(List<PoolBoxProvider> inOrder) {
    for (PoolBoxProvider provider : inOrder.reversed()) {
      String name = provider.name();
      if (isSelected(name, provider)) {
        made.addFirst(make(name, provider));
      }
    }
    if (made.isEmpty()) {
      throw new IllegalStateException("no pool is present: add io.hakmem:pool-core");
    }
    List<ComposedBox> boxes = served();
    BoxCheck.counters(boxes);
    return boxes;
  }

  private boolean isSelected(String name, PoolBoxProvider provider) {
    try {
      return provider.isSelected(settings);
    } catch (Throwable thrown) {
      throw BoxCalls.failure(name, "isSelected()", thrown);
    }
  }

  private static PoolBox create(String name, PoolBoxProvider provider, BoxContext context) {
    try {
      return provider.create(context);
    } catch (Throwable thrown) {
      throw BoxCalls.failure(name, "create()", thrown);
    }
  }

  private ComposedBox make(String name, PoolBoxProvider provider) {
    Optional<PoolBox> next = made.isEmpty() ? Optional.empty() : Optional.of(made.getFirst().box());
    PoolBox box = create(name, provider, new Context(name, next));
    long[] classes = BoxCheck.classes(name, box);
    return ComposedBox.of(name, provider.place(), box, classes);
  }

  private List<ComposedBox> served() {
    List<ComposedBox> boxes = new ArrayList<>();
    NavigableSet<Long> taken = new TreeSet<>();
    boolean reached = true;
    for (ComposedBox each : made) {
      ComposedBox box = each.behind(taken);
      if (box.served().isEmpty() && !reached) {
        throw unreachable(box, boxes);
      }
      boxes.add(box);
      taken.addAll(box.blockSizes());
      reached = askedForNext.contains(box.name());
    }
    return List.copyOf(boxes);
  }

  private static BoxFailedException unreachable(ComposedBox box, List<ComposedBox> inFront) {
    return new BoxFailedException(
        "box %s at place %d can serve nothing: boxes in front of it, %s, serve all of its classes and"
                .formatted(
                    box.name(), box.place(), inFront.stream().map(ComposedBox::name).toList())
            + " hand nothing to it; turn it off, or give it a lower place or other classes");
  }

  /** What one box is made from. */
  private final class Context implements BoxContext {

    private final String box;
    private final Optional<PoolBox> next;

    private Context(String box, Optional<PoolBox> next) {
      this.box = box;
      this.next = next;
    }

    @Override
    public Optional<PoolBox> next() {
      askedForNext.add(box);
      return next;
    }

    @Override
    public PageDirectory directory() {
      return directory;
    }

    @Override
    public PageSupply supply() {
      return supply;
    }

    @Override
    public Settings settings() {
      return settings;
    }
  }
}
