package dev.heaplight.viewer.jfr;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import one.jfr.ClassRef;
import one.jfr.JfrReader;
import one.jfr.MethodRef;
import org.jspecify.annotations.Nullable;

/** A chunk's names as Heaplight writes them: {@code java.util.Map$Entry[]}, {@code byte[]}. */
final class SymbolText {
  /** Stands for a method or a class that the file does not name. */
  static final String UNKNOWN = "[unknown]";

  // Types of a frame as async-profiler numbers them; the JDK knows those up to native.
  private static final byte NATIVE = 3;
  private static final byte CPP = 4;
  private static final byte KERNEL = 5;

  private final JfrReader reader;
  private final boolean nativeIsForeign;

  SymbolText(JfrReader reader) {
    this.reader = reader;
    Map<Integer, String> types = reader.enums.get("jdk.types.FrameType");
    // With the JDK a native frame is a Java method; with async-profiler a function of a library.
    this.nativeIsForeign = types != null && types.containsKey((int) KERNEL);
  }

  /** Whether a frame is a function outside of Java. */
  boolean isNative(byte type) {
    return type == CPP || type == KERNEL || (type == NATIVE && nativeIsForeign);
  }

  /** Class of a frame's method; of a function outside of Java its own name. */
  String classOf(long method, byte type) {
    MethodRef reference = reader.methods.get(method);
    if (reference == null) {
      return UNKNOWN;
    }
    String className = isNative(type) ? "" : className(reference.cls);
    return className.isEmpty() ? text(reference.name) : className;
  }

  /** Name of a frame's method; of a function outside of Java empty. */
  String methodOf(long method, byte type) {
    MethodRef reference = reader.methods.get(method);
    return reference == null || isNative(type) || className(reference.cls).isEmpty()
        ? ""
        : text(reference.name);
  }

  private String className(long id) {
    ClassRef reference = reader.classes.get(id);
    return reference == null ? "" : text(reference.name).replace('/', '.');
  }

  private String text(long symbol) {
    byte @Nullable [] bytes = reader.symbols.get(symbol);
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  /** Name of an allocated class. */
  String allocatedClass(long id) {
    return allocatedClass(className(id));
  }

  /** The same of a binary name as the JVM has it: {@code [Ljava.lang.Object;}. */
  static String allocatedClass(String name) {
    int dimensions = 0;
    while (dimensions < name.length() && name.charAt(dimensions) == '[') {
      dimensions++;
    }
    String element = dimensions == 0 ? name : element(name.substring(dimensions));
    return (element.isEmpty() ? UNKNOWN : element) + "[]".repeat(dimensions);
  }

  private static String element(String descriptor) {
    return switch (descriptor) {
      case "B" -> "byte";
      case "C" -> "char";
      case "D" -> "double";
      case "F" -> "float";
      case "I" -> "int";
      case "J" -> "long";
      case "S" -> "short";
      case "Z" -> "boolean";
      default ->
          descriptor.startsWith("L") && descriptor.endsWith(";")
              ? descriptor.substring(1, descriptor.length() - 1)
              : descriptor;
    };
  }
}
