package io.hakmem.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/**
 * Objects like others, of classes that are defined once more. HotSpot profiles and compiles the
 * methods of each class by themselves, so that a loop of such a class sees one allocator, whatever
 * runs through the class that it is a copy of.
 */
public final class OwnCode {

  private OwnCode() {}

  /** A record with the same components, of a class of its own. */
  public static <T> T like(Class<T> type, T original) {
    if (!original.getClass().isRecord()) {
      throw new IllegalArgumentException(original.getClass() + " is no record");
    }
    RecordComponent[] components = original.getClass().getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    return make(type, original.getClass(), types, values(original, components));
  }

  private static Object[] values(Object original, RecordComponent... components) {
    try {
      Object[] values = new Object[components.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = components[i].getAccessor().invoke(original);
      }
      return values;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(original.getClass() + " cannot be read", e);
    }
  }

  /** An object of another class of this module, whose package is defined once more for it. */
  public static <T> T make(Class<T> type, Class<?> code, Class<?>[] types, Object... values) {
    try {
      Class<?> own = new PackageCopy(code).loadClass(code.getName());
      Constructor<?> constructor = own.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return type.cast(constructor.newInstance(values));
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(code + " cannot be made", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(code + " cannot be defined once more", e);
    }
  }

  /** Defines the classes of one package; all others are those of the module. */
  private static final class PackageCopy extends ClassLoader {

    private final Class<?> code;

    PackageCopy(Class<?> code) {
      super(code.getClassLoader());
      this.code = code;
      Module module = code.getModule();
      if (module.isNamed()) {
        module.getPackages().forEach(each -> export(module, each));
      }
    }

    /** Called in the module itself, which alone may do so. */
    private void export(Module module, String name) {
      if (module == OwnCode.class.getModule()) {
        OwnCode.class.getModule().addExports(name, getUnnamedModule());
      }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      String beginning = code.getPackageName() + ".";
      if (!name.startsWith(beginning) || name.indexOf('.', beginning.length()) >= 0) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known == null ? define(name) : known;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      String file = name.substring(code.getPackageName().length() + 1) + ".class";
      try (InputStream in = code.getResourceAsStream(file)) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
