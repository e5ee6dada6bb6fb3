package io.hakmem.bench.peer;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/**
 * Objects like others, of classes of their own with the same code. HotSpot profiles and compiles
 * the methods of each class by themselves, so that a loop of such a class sees one allocator,
 * whatever runs through the class that it is a copy of.
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

  /** An object of a class of its own with the code of another one of this module. */
  public static <T> T make(Class<T> type, Class<?> code, Class<?>[] types, Object... values) {
    try {
      Lookup within = MethodHandles.privateLookupIn(code, MethodHandles.lookup());
      Class<?> own =
          within.defineHiddenClass(bytes(code), true, Lookup.ClassOption.NESTMATE).lookupClass();
      var constructor = own.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return type.cast(constructor.newInstance(values));
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(code + " cannot be made", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(code + " cannot be defined once more", e);
    }
  }

  private static byte[] bytes(Class<?> code) {
    String file = code.getName().substring(code.getPackageName().length() + 1) + ".class";
    try (InputStream bytes = code.getResourceAsStream(file)) {
      if (bytes == null) {
        throw new FileNotFoundException(file);
      }
      return bytes.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
