package dev.heaplight.engine.weave;

/** Tells the JDK's classes from the application's and its libraries' by name. */
public final class JdkPackages {
  private static final String[] PREFIXES = {"java.", "javax.", "jdk.", "sun.", "com.sun."};

  private JdkPackages() {}

  /** Whether a class of this name, as in source, is the JDK's. */
  public static boolean contain(String className) {
    for (String prefix : PREFIXES) {
      if (className.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
