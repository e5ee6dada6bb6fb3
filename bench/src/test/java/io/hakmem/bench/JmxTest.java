package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.HakAllocator;
import io.hakmem.HakAllocatorMXBean;
import io.hakmem.Stats;
import io.hakmem.gate.Checks;
import java.lang.management.ManagementFactory;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bean of an allocator, by the JVM's own bean server. */
final class JmxTest {

  private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

  private static HakAllocator named(String name) {
    return HakAllocator.builder().jmx(name).build();
  }

  private static ObjectName bean(String name) throws JMException {
    return new ObjectName("io.hakmem:type=HakAllocator,name=" + name);
  }

  private static Set<String> beans() throws JMException {
    return SERVER.queryNames(new ObjectName(HakAllocatorMXBean.OBJECT_NAMES), null).stream()
        .map(name -> name.getKeyProperty("name"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void bean_withoutTheGate_isNotThere() throws JMException {
    try (HakAllocator allocator = HakAllocator.create()) {
      allocator.allocate(100);
      assertThat(beans()).isEmpty();
    }
  }

  @Test
  void bean_byGates_hasTheirName() throws JMException {
    try (HakAllocator allocator = HakAllocator.builder().set("HAKMEM_JMX_ENABLED", "1").build()) {
      allocator.allocate(100);
      assertThat(beans()).containsExactly("allocator");
    }
  }

  @Test
  void bean_always_showsWhatStatsSay() throws JMException {
    try (HakAllocator allocator = named("shown")) {
      allocator.allocate(100);
      allocator.free(allocator.allocate(100_000));
      HakAllocatorMXBean bean = JMX.newMXBeanProxy(SERVER, bean("shown"), HakAllocatorMXBean.class);
      assertThat(bean.getStats()).isEqualTo(allocator.stats());
      assertThat(bean.getComposition()).isEqualTo(allocator.describe());
      assertThat(bean.getBoxes()).isEqualTo(allocator.stats().boxes());
    }
  }

  @Test
  void bean_always_hasAnAttributeForEachFigure() throws JMException {
    try (HakAllocator allocator = named("whole")) {
      allocator.allocate(100);
      MBeanAttributeInfo[] attributes = SERVER.getMBeanInfo(bean("whole")).getAttributes();
      for (MBeanAttributeInfo attribute : attributes) {
        assertThat(SERVER.getAttribute(bean("whole"), attribute.getName()))
            .as(attribute.getName())
            .isNotNull();
      }
      assertThat(attributes)
          .extracting(MBeanAttributeInfo::getName)
          .containsAll(
              Arrays.stream(HakAllocatorMXBean.Snapshot.class.getRecordComponents())
                  .map(JmxTest::attribute)
                  .toList());
    }
  }

  private static String attribute(RecordComponent figure) {
    String name = figure.getName();
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  @Test
  void attributes_ofNumbers_areThoseOfTheStats() throws JMException {
    try (HakAllocator allocator = named("numbers")) {
      allocator.allocate(100);
      Stats stats = allocator.stats();
      assertThat(SERVER.getAttribute(bean("numbers"), "LiveBytes")).isEqualTo(stats.liveBytes());
      assertThat(SERVER.getAttribute(bean("numbers"), "CachedBytes"))
          .isEqualTo(stats.cachedBytes());
      assertThat(SERVER.getAttribute(bean("numbers"), "CommittedBytes"))
          .isEqualTo(stats.committedBytes());
      assertThat(SERVER.getAttribute(bean("numbers"), "ReservedBytes"))
          .isEqualTo(stats.reservedBytes());
      assertThat(SERVER.getAttribute(bean("numbers"), "Allocations"))
          .isEqualTo(stats.allocations());
    }
  }

  @Test
  void trim_byTheBean_givesMemoryBack() throws JMException {
    try (HakAllocator allocator = named("trimmed")) {
      allocator.free(allocator.allocate(1 << 20));
      Object bytes = SERVER.invoke(bean("trimmed"), "trim", new Object[0], new String[0]);
      assertThat((Long) bytes).isGreaterThanOrEqualTo(1 << 20);
      assertThat(SERVER.getAttribute(bean("trimmed"), "Trims")).isEqualTo(1L);
    }
  }

  @Test
  void bean_ofATakenName_getsANumber() throws JMException {
    HakAllocator first = named("twin");
    try (HakAllocator second = named("twin");
        HakAllocator third = named("twin")) {
      second.allocate(100);
      third.allocate(100);
      assertThat(beans()).containsExactly("twin", "twin-2", "twin-3");
      first.close();
      assertThat(beans()).containsExactly("twin-2", "twin-3");
    } finally {
      first.close();
    }
    assertThat(beans()).isEmpty();
  }

  @Test
  void bean_ofASpecialName_isQuoted() throws JMException {
    try (HakAllocator allocator = named("a,b=\"c\"*?")) {
      allocator.allocate(100);
      assertThat(beans()).containsExactly(ObjectName.quote("a,b=\"c\"*?"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a\rb",
        "a\rb*",
        "a\rb?",
        "a\rb,c=d",
        "a\rb=c",
        "a\nb\nc",
        "a\nb*\nc",
        "a\u2028*",
        "a\u2029:",
        "a\u0085=",
        "*",
        "?",
        ",",
        "=",
        ":",
        "\"",
        "\"a\"",
        "a\\",
        "a\0b",
        " a "
      })
  void bean_ofAnyName_isRegisteredTwiceAndLeavesNothing(String name) throws JMException {
    try (HakAllocator first = named(name);
        HakAllocator second = named(name)) {
      first.free(first.allocate(100));
      second.free(second.allocate(100));
      assertThat(beans()).hasSize(2);
      assertThat(System.getProperty(HakAllocatorMXBean.BEANS_PROPERTY).split("\n", -1)).hasSize(2);
    }
    assertThat(SERVER.queryNames(new ObjectName("io.hakmem:*"), null)).isEmpty();
    assertThat(System.getProperty(HakAllocatorMXBean.BEANS_PROPERTY)).isEmpty();
  }

  @Test
  void property_always_listsTheBeans() {
    try (HakAllocator allocator = named("listed")) {
      allocator.allocate(100);
      assertThat(System.getProperty(HakAllocatorMXBean.BEANS_PROPERTY))
          .isEqualTo("io.hakmem:name=listed,type=HakAllocator");
    }
    assertThat(System.getProperty(HakAllocatorMXBean.BEANS_PROPERTY)).isEmpty();
  }

  @Test
  void dump_always_isTheTableOfTheFigures() throws Exception {
    try (HakAllocator allocator = named("dumped")) {
      long block = allocator.allocate(100);
      assertThat(SERVER.invoke(bean("dumped"), "dump", new Object[0], new String[0]))
          .asString()
          .startsWith("hakmem: allocator dumped")
          .contains("allocations 1, frees 0");
      allocator.free(block);
    }
  }

  @Test
  void liveSites_withFullChecks_nameTheHolder() throws Exception {
    try (HakAllocator allocator = HakAllocator.builder().jmx("held").checks(Checks.FULL).build()) {
      long block = allocator.allocate(777);
      HakAllocatorMXBean bean = JMX.newMXBeanProxy(SERVER, bean("held"), HakAllocatorMXBean.class);
      assertThat(bean.isTracked()).isTrue();
      assertThat(bean.liveSites())
          .singleElement()
          .satisfies(
              site -> {
                assertThat(site.bytes()).isEqualTo(777);
                assertThat(site.blocks()).isEqualTo(1);
                assertThat(site.frames().getFirst()).startsWith(JmxTest.class.getName() + ".");
              });
      allocator.free(block);
    }
  }
}
