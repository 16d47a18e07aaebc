package dev.heaplight.engine.weave;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Defines woven copies of a test class and the classes nested in it, and leaves all others to its
 * parent. The JVM verifies what it defines.
 */
final class WeavingLoader extends ClassLoader {
  private final ClassWeaver weaver;
  private final String prefix;
  private final Map<String, byte[]> generated = new HashMap<>();

  WeavingLoader(ClassWeaver weaver, Class<?> outermost) {
    this(weaver, outermost.getName());
  }

  /** Takes all classes whose names begin with {@code prefix}. */
  WeavingLoader(ClassWeaver weaver, String prefix) {
    super(WeavingLoader.class.getClassLoader());
    this.weaver = weaver;
    this.prefix = prefix;
  }

  /** Defines a class that no file holds. */
  Class<?> weave(String name, byte[] classFile) throws ClassNotFoundException {
    generated.put(name, classFile);
    return loadClass(name);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      boolean ours = generated.containsKey(name) || name.startsWith(prefix);
      return ours ? defineWoven(name) : super.loadClass(name, resolve);
    }
  }

  private Class<?> defineWoven(String name) throws ClassNotFoundException {
    String internalName = name.replace('.', '/');
    byte[] original = generated.get(name);
    byte[] classFile = original == null ? classFile(internalName) : original;
    byte[] woven = weaver.weave(internalName, classFile);
    byte[] defined = woven == null ? classFile : woven;
    return defineClass(name, defined, 0, defined.length);
  }

  static byte[] classFile(String internalName) throws ClassNotFoundException {
    try (InputStream in =
        WeavingLoader.class.getClassLoader().getResourceAsStream(internalName + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(internalName);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(internalName, e);
    }
  }
}
