package io.hakmem.jmx;

import io.hakmem.HakAllocatorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.management.AttributeList;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;

/** The bean of one allocator, from its registration to its end. Any thread may call it. */
public final class Registration implements AutoCloseable {

  private static final String SEPARATOR = "\n";
  private static final Pattern SPECIAL =
      Pattern.compile("[,=:*?\"\\p{Cntrl}\\u0085\\u2028\\u2029]");

  private final ObjectName name;

  private Registration(ObjectName name) {
    this.name = name;
  }

  /**
   * Registers the allocator with the JVM's own bean server. If there is a bean of the name already,
   * a number is added to the name, from 2 on. A name that is empty or has a character that {@link
   * ObjectName} does not allow, or a control character, is quoted.
   *
   * @throws IllegalStateException if the bean server refuses
   */
  public static synchronized Registration of(AllocatorBean allocator, String name) {
    StandardMBean bean = new OneMoment(allocator);
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    int number = 1;
    while (true) {
      String numbered = number == 1 ? name : name + "-" + number;
      try {
        Registration registered =
            new Registration(server.registerMBean(bean, nameOf(numbered)).getObjectName());
        registered.listOrEnd();
        return registered;
      } catch (InstanceAlreadyExistsException taken) {
        number++;
      } catch (JMException refused) {
        throw new IllegalStateException("no bean named " + numbered, refused);
      }
    }
  }

  /** The same for a name that may be missing: then there is no bean. */
  public static @Nullable Registration ofNamed(AllocatorBean allocator, @Nullable String name) {
    return name == null ? null : of(allocator, name);
  }

  private void listOrEnd() {
    try {
      list(name.getCanonicalName(), true);
    } catch (Throwable refused) {
      close();
      throw refused;
    }
  }

  /** A bean that takes one snapshot for all attributes that are asked for together. */
  private static final class OneMoment extends StandardMBean {

    private final AllocatorBean allocator;

    private OneMoment(AllocatorBean allocator) {
      super(allocator, HakAllocatorMXBean.class, true);
      this.allocator = allocator;
    }

    @Override
    public AttributeList getAttributes(String[] names) {
      return allocator.ofOneMoment(() -> super.getAttributes(names));
    }
  }

  private static ObjectName nameOf(String name) throws JMException {
    String value = name.isEmpty() || SPECIAL.matcher(name).find() ? ObjectName.quote(name) : name;
    return new ObjectName(HakAllocatorMXBean.OBJECT_NAMES.replace("*", value));
  }

  private static void list(String name, boolean added) {
    String before = System.getProperty(HakAllocatorMXBean.BEANS_PROPERTY, "");
    TreeSet<String> names = new TreeSet<>();
    if (!before.isEmpty()) {
      names.addAll(List.of(before.split(SEPARATOR, -1))); // A name may hold other ends of lines.
    }
    boolean changed = added ? names.add(name) : names.remove(name);
    if (changed) {
      System.setProperty(HakAllocatorMXBean.BEANS_PROPERTY, String.join(SEPARATOR, names));
    }
  }

  /** Idempotent; whoever unregistered the bean otherwise did no harm. */
  @Override
  public void close() {
    synchronized (Registration.class) {
      list(name.getCanonicalName(), false);
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      try {
        if (server.isRegistered(name)) {
          server.unregisterMBean(name);
        }
      } catch (JMException refused) {
        throw new IllegalStateException("the bean stays: " + name, refused);
      }
    }
  }
}
