package io.hakmem.bench.top;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.hakmem.HakAllocatorMXBean;
import io.hakmem.HakAllocatorMXBean.Recorded;
import io.hakmem.Stats;
import io.hakmem.bench.fork.CommandFailure;
import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import javax.management.InstanceNotFoundException;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A connection to the beans of one JVM. */
public final class JvmConnection implements AutoCloseable {

  private static final String HOW_TO_GET_ONE =
      "start it with HAKMEM_JMX_ENABLED=1 or -Dhakmem.jmx.enabled=1, or build the allocator with"
          + " jmx(name)";

  private final String jvm;
  private final JMXConnector connector;
  private final MBeanServerConnection beans;
  private final ObjectName pattern;

  private JvmConnection(String jvm, JMXConnector connector) throws IOException {
    this.jvm = jvm;
    this.connector = connector;
    this.beans = connector.getMBeanServerConnection();
    try {
      this.pattern = new ObjectName(HakAllocatorMXBean.OBJECT_NAMES);
    } catch (MalformedObjectNameException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Connects to a JVM of this machine and user, whose local management agent is started if need be.
   * A JVM without a bean is left as it is.
   *
   * @throws CommandFailure if it is no such JVM, or has no bean
   */
  public static JvmConnection ofProcess(long pid) throws IOException {
    String jvm = Long.toString(pid);
    String address;
    try {
      VirtualMachine machine = VirtualMachine.attach(jvm);
      try {
        requireBeans(jvm, machine);
        address = machine.startLocalManagementAgent();
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException | IOException e) {
      throw new CommandFailure(
          "process %d does not let itself be attached to; is it a running JVM of this user? %s"
              .formatted(pid, e.getMessage()),
          e);
    }
    return connect(jvm, new JMXServiceURL(address));
  }

  /**
   * Connects to a JVM whose management agent listens on a port, without a password.
   *
   * @throws CommandFailure if nothing answers there
   */
  public static JvmConnection ofAddress(String host, int port) {
    String jvm = host + ":" + port;
    try {
      JMXServiceURL url =
          new JMXServiceURL("service:jmx:rmi:///jndi/rmi://%s/jmxrmi".formatted(jvm));
      return connect(jvm, url);
    } catch (IOException | SecurityException e) {
      throw new CommandFailure(
          "no JMX agent answers at %s; start the JVM with -Dcom.sun.management.jmxremote.port=%d: %s"
              .formatted(jvm, port, e.getMessage()),
          e);
    }
  }

  @SuppressWarnings("BanJNDI") // Whoever calls the command says which JVM is trusted.
  private static JvmConnection connect(String jvm, JMXServiceURL url) throws IOException {
    return new JvmConnection(jvm, JMXConnectorFactory.connect(url));
  }

  private static void requireBeans(String jvm, VirtualMachine machine) throws IOException {
    if (Jvms.beansOf(machine).isEmpty()) {
      throw noBean(jvm);
    }
  }

  private static CommandFailure noBean(String jvm) {
    return new CommandFailure("JVM %s has no HAKMEM bean: %s".formatted(jvm, HOW_TO_GET_ONE));
  }

  /**
   * What the allocators hold now.
   *
   * @throws CommandFailure if the JVM has ended, or none of its allocators has a bean
   */
  public Sample take() {
    SortedMap<String, Stats> byName = new TreeMap<>();
    readAll((name, bean) -> byName.put(name, bean.getStats()));
    if (byName.isEmpty()) {
      throw noBean(jvm);
    }
    return new Sample(jvm, Instant.now(), System.nanoTime(), byName);
  }

  /**
   * Who holds the blocks of the allocators now.
   *
   * @throws CommandFailure if the JVM has ended, or none of its allocators has a bean
   */
  public List<LiveHeap> liveHeaps() {
    List<LiveHeap> heaps = new ArrayList<>();
    readAll((name, bean) -> heaps.add(new LiveHeap(name, bean.isTracked(), bean.liveSites())));
    return heaps;
  }

  /** Asks each bean, in the order of their names. */
  private void readAll(BiConsumer<String, HakAllocatorMXBean> question) {
    boolean isAny = false;
    try {
      for (ObjectName name : new TreeSet<>(beans.queryNames(pattern, null))) {
        isAny = true;
        read(name, question);
      }
    } catch (IOException e) {
      throw new CommandFailure("JVM %s has ended: %s".formatted(jvm, e.getMessage()), e);
    }
    if (!isAny) {
      throw noBean(jvm);
    }
  }

  /** An allocator that is closed meanwhile is left out. */
  private void read(ObjectName name, BiConsumer<String, HakAllocatorMXBean> question)
      throws IOException {
    try {
      question.accept(
          Jvms.shortName(name), JMX.newMXBeanProxy(beans, name, HakAllocatorMXBean.class));
    } catch (UndeclaredThrowableException e) {
      if (e.getCause() instanceof IOException ended) {
        throw ended;
      }
      if (!(e.getCause() instanceof InstanceNotFoundException)) {
        throw e;
      }
    }
  }

  /**
   * Starts to record all allocators that can be recorded; returns the file of each by its name.
   *
   * @throws CommandFailure if none can be, with the reason of the last one
   */
  public SortedMap<String, String> startRecordings(String file, long mostBytes, long mostMs) {
    SortedMap<String, String> files = new TreeMap<>();
    String reason = "";
    for (ObjectName name : names()) {
      try {
        files.put(Jvms.shortName(name), bean(name).startRecording(file, mostBytes, mostMs));
      } catch (IllegalStateException e) {
        reason = String.valueOf(e.getMessage());
      } catch (UndeclaredThrowableException e) {
        throw ended(e);
      }
    }
    if (files.isEmpty()) {
      throw new CommandFailure("JVM %s: %s".formatted(jvm, reason));
    }
    return files;
  }

  /**
   * Whether any recording goes on: a limit or a full disk may have ended them.
   *
   * @throws CommandFailure if the JVM has ended
   */
  public boolean isRecording() {
    try {
      return names().stream().anyMatch(name -> bean(name).isRecording());
    } catch (UndeclaredThrowableException e) {
      throw ended(e);
    }
  }

  /**
   * Ends recordings; returns what they came to when they are in their files.
   *
   * @param recorded the names of the allocators
   * @throws CommandFailure if the JVM has ended
   */
  public SortedMap<String, Recorded> stopRecordings(Set<String> recorded) {
    SortedMap<String, Recorded> outcomes = new TreeMap<>();
    for (ObjectName name : names()) {
      String allocator = Jvms.shortName(name);
      try {
        if (recorded.contains(allocator)) {
          outcomes.put(allocator, bean(name).stopRecording());
        }
      } catch (IllegalStateException e) {
        // Somebody else has ended it.
      } catch (UndeclaredThrowableException e) {
        throw ended(e);
      }
    }
    return outcomes;
  }

  private HakAllocatorMXBean bean(ObjectName name) {
    return JMX.newMXBeanProxy(beans, name, HakAllocatorMXBean.class);
  }

  private Set<ObjectName> names() {
    try {
      Set<ObjectName> names = beans.queryNames(pattern, null);
      if (names.isEmpty()) {
        throw noBean(jvm);
      }
      return names;
    } catch (IOException e) {
      throw ended(e);
    }
  }

  private CommandFailure ended(Exception e) {
    return new CommandFailure("JVM %s has ended: %s".formatted(jvm, e.getMessage()), e);
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException e) {
      // The JVM has ended, and the connection with it.
    }
  }
}
