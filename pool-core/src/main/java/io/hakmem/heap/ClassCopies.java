package io.hakmem.heap;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies of one class, each with the same code and a profile of its own.
 *
 * <p>HotSpot counts the branches of a method, not those of an object. Where two allocators take
 * different ways through one method, the code of each holds the ways of the other, with their calls
 * and without the registers that a call takes. So each kind of allocator gets a hidden class with
 * the same bytes, as the JDK makes them for proxies. Any thread.
 */
public final class ClassCopies {

  /** A program that composes ever new kinds does not define classes for ever. */
  private static final int MOST_COPIES = 64;

  private final Class<?> template;
  private final MethodHandles.Lookup caller;
  private final MethodType constructor;

  /** Guarded by this. */
  private final Map<Object, MethodHandle> byKind = new HashMap<>();

  /**
   * No copies yet.
   *
   * @param caller of a class in the same package, with full access
   * @param constructor the type of the constructor that {@link #of} returns, as of a void method
   */
  public ClassCopies(Class<?> template, MethodHandles.Lookup caller, MethodType constructor) {
    this.template = template;
    this.caller = caller;
    this.constructor = constructor;
  }

  /**
   * The constructor of a kind's own copy, whose class data is the kind; that of the class itself
   * where no class can be defined, or there are many copies already.
   *
   * @param kind compared by {@code equals}
   */
  public synchronized MethodHandle of(Object kind) {
    MethodHandle known = byKind.get(kind);
    if (known != null) {
      return known;
    }
    MethodHandle made = byKind.size() < MOST_COPIES ? copy(kind) : null;
    if (made == null) {
      return constructorOf(caller, template);
    }
    byKind.put(kind, made);
    return made;
  }

  private @Nullable MethodHandle copy(Object kind) {
    try {
      MethodHandles.Lookup copy = caller.defineHiddenClassWithClassData(bytes(), kind, true);
      return constructorOf(copy, copy.lookupClass());
    } catch (IOException
        | IllegalAccessException
        | LinkageError
        | UnsupportedOperationException e) {
      return null; // As in an image that was compiled ahead of time.
    }
  }

  private byte[] bytes() throws IOException {
    String file = template.getName().substring(template.getPackageName().length() + 1) + ".class";
    try (InputStream bytes = template.getResourceAsStream(file)) {
      if (bytes == null) {
        throw new FileNotFoundException(file);
      }
      return bytes.readAllBytes();
    }
  }

  private MethodHandle constructorOf(MethodHandles.Lookup lookup, Class<?> type) {
    try {
      return lookup.findConstructor(type, constructor);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " has no constructor " + constructor, e);
    }
  }

  /**
   * The kind of a copy, to be asked by its static initialiser; null in the class itself.
   *
   * @param caller of the copy, with full access
   */
  public static @Nullable Object kindOf(MethodHandles.Lookup caller) {
    try {
      return MethodHandles.classData(caller, "_", Object.class);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("not the caller's own lookup: " + caller, e);
    }
  }
}
