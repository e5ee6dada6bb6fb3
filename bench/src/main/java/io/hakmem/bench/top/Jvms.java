package io.hakmem.bench.top;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import io.hakmem.HakAllocatorMXBean;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * The JVMs of this machine and user.
 *
 * @param withBeans those that have a bean
 * @param silent process ids of those that did not answer
 */
public record Jvms(List<Jvm> withBeans, List<String> silent) {

  private static final int LONGEST_ANSWER_SECONDS = 5;

  /**
   * A JVM with beans.
   *
   * @param main its main class or module, as it was started
   * @param allocators the names of the beans
   */
  public record Jvm(String pid, String main, List<String> allocators) {}

  /** Asks all of them but this one. */
  public static Jvms find() throws InterruptedException {
    String own = Long.toString(ProcessHandle.current().pid());
    return ask(VirtualMachine.list().stream().filter(jvm -> !jvm.id().equals(own)).toList());
  }

  /** Reads only system properties: no management agent is started in a JVM that was not named. */
  static Jvms ask(List<VirtualMachineDescriptor> jvms) throws InterruptedException {
    List<Callable<Jvm>> questions = new ArrayList<>();
    jvms.forEach(jvm -> questions.add(() -> ask(jvm)));
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().name("ask").factory());
    try {
      List<Future<Jvm>> answers =
          threads.invokeAll(questions, LONGEST_ANSWER_SECONDS, TimeUnit.SECONDS);
      Jvms found = new Jvms(new ArrayList<>(), new ArrayList<>());
      for (int i = 0; i < answers.size(); i++) {
        found.add(answers.get(i), jvms.get(i).id());
      }
      return found;
    } finally {
      threads.shutdownNow();
    }
  }

  private void add(Future<Jvm> answer, String pid) throws InterruptedException {
    try {
      Jvm jvm = answer.get();
      if (!jvm.allocators().isEmpty()) {
        withBeans.add(jvm);
      }
    } catch (ExecutionException | CancellationException e) {
      silent.add(pid);
    }
  }

  private static Jvm ask(VirtualMachineDescriptor jvm)
      throws AttachNotSupportedException, IOException {
    VirtualMachine machine = VirtualMachine.attach(jvm);
    try {
      return new Jvm(jvm.id(), jvm.displayName(), beansOf(machine));
    } finally {
      machine.detach();
    }
  }

  /** The short names of the beans that a JVM lists. */
  static List<String> beansOf(VirtualMachine machine) throws IOException {
    String listed =
        machine.getSystemProperties().getProperty(HakAllocatorMXBean.BEANS_PROPERTY, "");
    List<String> names = new ArrayList<>();
    for (String name : listed.isEmpty() ? new String[0] : listed.split("\n", -1)) {
      try {
        names.add(shortName(new ObjectName(name)));
      } catch (MalformedObjectNameException e) {
        throw new IOException("no bean's name: " + name, e);
      }
    }
    return names;
  }

  /** The name that the allocator was given. */
  static String shortName(ObjectName bean) {
    String name = bean.getKeyProperty("name");
    return name.startsWith("\"") ? ObjectName.unquote(name) : name;
  }
}
