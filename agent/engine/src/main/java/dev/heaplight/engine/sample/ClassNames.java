package dev.heaplight.engine.sample;

/** Names of classes as reports show them. */
public final class ClassNames {
  private static final ClassValue<String> NAMES =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
          return withoutAddress(type.getTypeName());
        }
      };

  private ClassNames() {}

  /** {@code byte[]}, {@code java.util.ArrayList}; a hidden class without the JVM's address. */
  public static String of(Class<?> type) {
    return NAMES.get(type);
  }

  /**
   * The name of a class in the JVM's form, {@code java/util/ArrayList}. A hidden class's address is
   * told apart by a dot there.
   */
  public static String ofInternal(String internal) {
    int address = internal.lastIndexOf(".0x");
    return address < 0
        ? internal.replace('/', '.')
        : withoutAddress(
            internal.substring(0, address).replace('/', '.')
                + '/'
                + internal.substring(address + 1));
  }

  /**
   * A hidden class's name ends in a slash and an address, which differs from run to run; JDK 17
   * puts a serial number before it.
   */
  static String withoutAddress(String name) {
    int slash = name.indexOf('/');
    if (slash < 0) {
      return name;
    }
    String plain = name.substring(0, slash);
    int serial = plain.indexOf("$$Lambda$");
    int brackets = name.indexOf('[', slash);
    return (serial < 0 ? plain : plain.substring(0, serial) + "$$Lambda")
        + (brackets < 0 ? "" : name.substring(brackets));
  }
}
