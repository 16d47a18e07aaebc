package dev.heaplight.agent.worker;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

/** Runs {@link AllocateMemory}, and the API with it, in a loader that asks its parent last. */
public final class ChildFirst {
  private ChildFirst() {}

  /** Takes the class path of the inner loader and the number of arrays. */
  public static void main(String[] arguments) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : arguments[0].split(File.pathSeparator, -1)) {
      urls.add(new File(entry).toURI().toURL());
    }
    try (ChildFirstLoader loader = new ChildFirstLoader(urls.toArray(new URL[0]))) {
      Class<?> main = loader.loadClass(AllocateMemory.class.getName());
      if (main == AllocateMemory.class) {
        throw new IllegalStateException("loaded by the parent");
      }
      main.getMethod("main", String[].class).invoke(null, (Object) new String[] {arguments[1]});
    }
  }

  private static final class ChildFirstLoader extends URLClassLoader {
    ChildFirstLoader(URL[] urls) {
      super(urls, ChildFirst.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded == null && name.startsWith("dev.heaplight.")) {
          try {
            loaded = findClass(name);
          } catch (ClassNotFoundException e) {
            return super.loadClass(name, resolve);
          }
        }
        return loaded == null ? super.loadClass(name, resolve) : loaded;
      }
    }
  }
}
