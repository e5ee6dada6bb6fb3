package io.hakmem.jmx;

import io.hakmem.HakAllocatorMXBean;
import java.lang.management.ManagementFactory;
import java.util.TreeSet;
import javax.management.AttributeList;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/** The bean of one allocator, from its registration to its end. Any thread may call it. */
public final class Registration implements AutoCloseable {

  private static final String SEPARATOR = "\n";
  private static final String SPECIAL = ".*[,=:*?\"\\n].*";

  private final ObjectName name;

  private Registration(ObjectName name) {
    this.name = name;
  }

  /**
   * Registers the allocator with the JVM's own bean server. If there is a bean of the name already,
   * a number is added to the name, from 2 on.
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
        ObjectName registered = server.registerMBean(bean, nameOf(numbered)).getObjectName();
        list(registered.getCanonicalName(), true);
        return new Registration(registered);
      } catch (InstanceAlreadyExistsException taken) {
        number++;
      } catch (JMException refused) {
        throw new IllegalStateException("no bean named " + numbered, refused);
      }
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
    String value = name.isEmpty() || name.matches(SPECIAL) ? ObjectName.quote(name) : name;
    return new ObjectName(HakAllocatorMXBean.OBJECT_NAMES.replace("*", value));
  }

  private static void list(String name, boolean added) {
    TreeSet<String> names =
        new TreeSet<>(System.getProperty(HakAllocatorMXBean.BEANS_PROPERTY, "").lines().toList());
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
