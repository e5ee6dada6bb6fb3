package io.hakmem.bench.turns;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Those modules of a finder that are wanted. */
record ChosenModules(ModuleFinder all, Predicate<ModuleDescriptor> wanted) implements ModuleFinder {

  @Override
  public Optional<ModuleReference> find(String name) {
    return all.find(name).filter(found -> wanted.test(found.descriptor()));
  }

  @Override
  public Set<ModuleReference> findAll() {
    return all.findAll().stream()
        .filter(found -> wanted.test(found.descriptor()))
        .collect(Collectors.toUnmodifiableSet());
  }
}
