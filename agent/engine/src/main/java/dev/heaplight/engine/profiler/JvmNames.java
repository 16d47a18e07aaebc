package dev.heaplight.engine.profiler;

import dev.heaplight.engine.sample.ClassNames;
import java.nio.charset.StandardCharsets;

/** Names as the JVM has them, turned into those of source. */
final class JvmNames {
  private JvmNames() {}

  static String text(byte[] symbol) {
    return symbol == null ? "" : new String(symbol, StandardCharsets.UTF_8);
  }

  /** {@code java/lang/String} or {@code [[B} as {@code java.lang.String} and {@code byte[][]}. */
  static String ofSymbol(byte[] symbol) {
    return symbol == null ? "" : ofInternal(text(symbol));
  }

  static String ofInternal(String internal) {
    int dimensions = 0;
    while (dimensions < internal.length() && internal.charAt(dimensions) == '[') {
      dimensions++;
    }
    String element = internal.substring(dimensions);
    if (dimensions > 0) {
      element =
          element.length() == 1
              ? primitive(element.charAt(0))
              : element.startsWith("L") && element.endsWith(";")
                  ? element.substring(1, element.length() - 1)
                  : element;
    }
    return ClassNames.ofInternal(element) + "[]".repeat(dimensions);
  }

  private static String primitive(char descriptor) {
    return switch (descriptor) {
      case 'Z' -> "boolean";
      case 'B' -> "byte";
      case 'C' -> "char";
      case 'S' -> "short";
      case 'I' -> "int";
      case 'J' -> "long";
      case 'F' -> "float";
      case 'D' -> "double";
      default -> String.valueOf(descriptor);
    };
  }
}
