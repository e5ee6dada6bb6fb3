package io.hakmem.fuzz.counted;

import io.hakmem.HakAllocator;
import io.hakmem.fuzz.Fuzz;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.security.ProtectionDomain;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Defines the allocator, its boxes and this fuzzer once more: in these copies every place of the
 * allocator and of its boxes that makes a Java object asks {@link ObjectCount} first. What is not
 * of this project, such as a log, stays what it is. Any thread may load classes.
 */
public final class CountedLoader extends ClassLoader {

  private static final String OWN = HakAllocator.class.getPackageName();
  private static final String FUZZER = Fuzz.class.getPackageName();

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader running = CountedLoader.class.getClassLoader();
  private final CountedCode counted = new CountedCode(running, inside(OWN));

  /** Its parent knows the JDK alone: else services would be found twice. */
  public CountedLoader() {
    super("counted", ClassLoader.getPlatformClassLoader());
  }

  private static String inside(String packageName) {
    return packageName.replace('.', '/') + "/";
  }

  /** Not by the parent: that of the JDK knows the classes of all modules that were started. */
  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OWN + ".")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (!name.startsWith(OWN + ".")) {
      return running.loadClass(name);
    }
    String file = name.replace('.', '/') + ".class";
    try (InputStream in = running.getResourceAsStream(file)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      byte[] defined = name.startsWith(FUZZER + ".") ? bytes : counted.of(bytes);
      return defineClass(name, defined, 0, defined.length, domain(name));
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
  }

  /** The place that the class was loaded from, by which the allocator knows its own frames. */
  private ProtectionDomain domain(String name) throws ClassNotFoundException {
    return Class.forName(name, false, running).getProtectionDomain();
  }

  @Override
  protected @Nullable URL findResource(String name) {
    return running.getResource(name);
  }

  @Override
  protected Enumeration<URL> findResources(String name) throws IOException {
    return running.getResources(name);
  }
}
