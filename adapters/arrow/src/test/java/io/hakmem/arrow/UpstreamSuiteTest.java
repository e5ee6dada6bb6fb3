package io.hakmem.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.HakAllocator;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.util.stream.Stream;
import org.apache.arrow.memory.AllocationManager;
import org.apache.arrow.memory.DefaultAllocationManagerOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Upstream's tests of its memory, over ours, and over Arrow's own for comparison. Arrow takes its
 * default from where the first allocator of the JVM finds it: so each has a JVM, which the pom
 * starts.
 */
final class UpstreamSuiteTest {

  private static final String CONTROL = "control";
  private static final long LEAST_BLOCKS = 80;
  private static final long LEAST_BLOCKS_OF_VECTORS = 1000;
  private static final String ARROWS_OWN =
      "org.apache.arrow.memory.unsafe.DefaultAllocationManagerFactory";

  /** Arrow has no other way to say what allocators without a configuration are made of. */
  private static Field defaultFactory() throws ReflectiveOperationException {
    Field field =
        DefaultAllocationManagerOption.class.getDeclaredField("DEFAULT_ALLOCATION_MANAGER_FACTORY");
    field.setAccessible(true);
    return field;
  }

  private static AllocationManager.Factory arrowsOwn() throws ReflectiveOperationException {
    Field field = Class.forName(ARROWS_OWN).getDeclaredField("FACTORY");
    field.setAccessible(true);
    return (AllocationManager.Factory) field.get(null);
  }

  private static TestExecutionSummary run(AllocationManager.Factory factory, String... packages)
      throws ReflectiveOperationException {
    defaultFactory().set(null, factory);
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(Stream.of(packages).map(DiscoverySelectors::selectPackage).toList())
            .filters(
                ClassNameFilter.includeClassNamePatterns(".*\\.Test[^.]*", ".*Test"),
                // It wants a JVM that opens nothing.
                ClassNameFilter.excludeClassNamePatterns(".*\\.TestOpens"))
            .build();
    LauncherFactory.create().execute(request, listener);
    return listener.getSummary();
  }

  private static void assertPassed(TestExecutionSummary summary, long passed, long disabled) {
    StringWriter failures = new StringWriter();
    summary.printFailuresTo(new PrintWriter(failures, true));
    assertThat(summary.getTotalFailureCount()).as("%s", failures).isZero();
    assertThat(summary.getTestsSucceededCount()).as("passed").isEqualTo(passed);
    assertThat(summary.getTestsSkippedCount()).as("disabled by upstream").isEqualTo(disabled);
  }

  private static void assertMemoryPassed(AllocationManager.Factory factory)
      throws ReflectiveOperationException {
    assertPassed(run(factory, "org.apache.arrow.memory", "org.apache.arrow.util"), 100, 3);
  }

  private static void assertVectorsPassed(AllocationManager.Factory factory)
      throws ReflectiveOperationException {
    assertPassed(run(factory, "org.apache.arrow.vector"), 1127, 1);
  }

  @Test
  @DisabledIfSystemProperty(named = CONTROL, matches = "true")
  void upstream_overOurMemory_passes() throws ReflectiveOperationException {
    try (HakArrowMemory memory = new HakArrowMemory(HakAllocator.builder().profile("THROUGHPUT"))) {
      assertMemoryPassed(memory);
      long blocks = memory.stats().allocations();
      assertThat(blocks).as("blocks of ours").isGreaterThan(LEAST_BLOCKS);
      assertVectorsPassed(memory);
      assertThat(memory.stats().allocations() - blocks)
          .as("blocks of ours for vectors")
          .isGreaterThan(LEAST_BLOCKS_OF_VECTORS);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = CONTROL, matches = "true")
  void upstream_overArrowsOwnMemory_passesTheSame() throws ReflectiveOperationException {
    assertMemoryPassed(arrowsOwn());
    assertVectorsPassed(arrowsOwn());
  }
}
