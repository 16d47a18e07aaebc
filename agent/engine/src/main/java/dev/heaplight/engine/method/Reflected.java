package dev.heaplight.engine.method;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks objects of a runtime, whose classes the agent does not link. What was found of a class is
 * remembered as long as the class is there. Thread-safe.
 */
final class Reflected {
  private static final ClassValue<Map<String, Method>> METHODS =
      new ClassValue<>() {
        @Override
        protected Map<String, Method> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private Reflected() {}

  /**
   * Calls a method without arguments, wherever in the object's classes and interfaces it is
   * declared.
   *
   * @throws ReflectiveOperationException if there is none, it is not accessible, or it throws
   */
  static @Nullable Object call(@Nullable Object object, String method)
      throws ReflectiveOperationException {
    if (object == null) {
      throw new NoSuchMethodException(method + " of null");
    }
    Map<String, Method> known = METHODS.get(object.getClass());
    Method found = known.get(method);
    if (found == null) {
      found = find(object.getClass(), method);
      known.put(method, found);
    }
    return found.invoke(object);
  }

  /** The text of what {@link #call} returns; empty if that is not to be had. */
  static String text(@Nullable Object object, String method) {
    try {
      return String.valueOf(call(object, method));
    } catch (ReflectiveOperationException | RuntimeException e) {
      return "";
    }
  }

  /**
   * Reads a field, wherever in the object's classes it is declared.
   *
   * @throws ReflectiveOperationException if there is none or it is not accessible
   */
  static @Nullable Object field(Object object, String name) throws ReflectiveOperationException {
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return field.get(object);
        }
      }
    }
    throw new NoSuchFieldException(name + " of " + object.getClass().getName());
  }

  private static Method find(Class<?> type, String name) throws NoSuchMethodException {
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      for (Method method : at.getDeclaredMethods()) {
        if (method.getName().equals(name)
            && method.getParameterCount() == 0
            && !method.isBridge()) {
          method.setAccessible(true);
          return method;
        }
      }
    }
    Method inherited = type.getMethod(name); // an interface's
    inherited.setAccessible(true);
    return inherited;
  }
}
