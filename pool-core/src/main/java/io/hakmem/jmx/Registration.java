package io.hakmem.jmx;

import io.hakmem.HakAllocatorMXBean;
import io.hakmem.log.Logs;
import io.hakmem.log.Suppressing;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.management.AttributeList;
import javax.management.InstanceAlreadyExistsException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.slf4j.Logger;

/** The bean of one allocator, from its registration to its end. Any thread may call it. */
public final class Registration implements AutoCloseable {

  private static final Logger LOG = Logs.of(Registration.class);

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
    for (int number = 1; ; number++) {
      ObjectName free = nameOf(number == 1 ? name : name + "-" + number);
      if (!server.isRegistered(free)) {
        Registration made = new Registration(free);
        if (made.isAdded(server, bean)) {
          return made;
        }
      }
    }
  }

  /** Registers the bean and lists it, or does neither; false if the name is taken by now. */
  private boolean isAdded(MBeanServer server, StandardMBean bean) {
    try {
      server.registerMBean(bean, name);
      list(name.getCanonicalName(), true);
      return true;
    } catch (InstanceAlreadyExistsException taken) {
      return false;
    } catch (Throwable refused) { // A listener of the server throws when the bean is there already.
      Suppressing.close(this, refused);
      throw failure(refused);
    }
  }

  private RuntimeException failure(Throwable refused) {
    if (refused instanceof Error ofJvm) {
      throw ofJvm;
    }
    return new IllegalStateException("no bean named " + name, refused);
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

  private static ObjectName nameOf(String name) {
    String value = name.isEmpty() || SPECIAL.matcher(name).find() ? ObjectName.quote(name) : name;
    try {
      return new ObjectName(HakAllocatorMXBean.OBJECT_NAMES.replace("*", value));
    } catch (MalformedObjectNameException refused) {
      throw new IllegalStateException("no bean named " + name, refused);
    }
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

  /** Idempotent. */
  @Override
  public void close() {
    synchronized (Registration.class) {
      try {
        list(name.getCanonicalName(), false);
      } finally {
        unregister(ManagementFactory.getPlatformMBeanServer());
      }
    }
  }

  /**
   * A bean that is gone already does no harm, and one that the server keeps is said in the log:
   * neither is a reason to keep the memory of the allocator.
   */
  private void unregister(MBeanServer server) {
    try {
      if (server.isRegistered(name)) {
        server.unregisterMBean(name);
      }
    } catch (VirtualMachineError later) {
      throw later; // Another call goes on.
    } catch (Throwable refused) {
      LOG.warn("the server does not let the bean {} go: {}", name, refused.toString());
    }
  }
}
