package dev.heaplight.hook;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Runs each test in a class loader of its own, which has its own copies of the hook and of the test
 * class: the hook's state is static and made to be set once in a JVM.
 */
final class FreshHook implements InvocationInterceptor {
  private static final String PACKAGE = "dev.heaplight.hook.";

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    invocation.skip();
    Class<?> test = new ChildFirst().loadClass(context.getRequiredTestClass().getName());
    Constructor<?> constructor = test.getDeclaredConstructor();
    constructor.setAccessible(true);
    Method copy = test.getDeclaredMethod(method.getExecutable().getName());
    copy.setAccessible(true);
    try {
      Object unused = copy.invoke(constructor.newInstance());
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private static final class ChildFirst extends ClassLoader {
    ChildFirst() {
      super(FreshHook.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        if (known != null) {
          return known;
        }
        return name.startsWith(PACKAGE) ? defineCopy(name) : super.loadClass(name, resolve);
      }
    }

    private Class<?> defineCopy(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] classFile = in.readAllBytes();
        return defineClass(name, classFile, 0, classFile.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
