package dev.heaplight.engine;

/** Values of options, checked; a wrong one is an {@link IllegalArgumentException} of one line. */
final class OptionValues {
  private static final String UNITS = "kmg";

  private OptionValues() {}

  static boolean bool(String key, String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw malformed(key, value, key + "=true or false");
    };
  }

  static boolean onOff(String key, String value) {
    return switch (value) {
      case "on" -> true;
      case "off" -> false;
      default -> throw malformed(key, value, key + "=on or off");
    };
  }

  /** Milliseconds of {@code 500ms} or {@code 10s}. */
  static long millis(String key, String value) {
    boolean inMillis = value.endsWith("ms");
    boolean inSeconds = !inMillis && value.endsWith("s");
    String digits = value.substring(0, value.length() - (inMillis ? 2 : inSeconds ? 1 : 0));
    try {
      long amount = Long.parseLong(digits);
      if (amount >= 0 && (inMillis || inSeconds)) {
        return inMillis ? amount : Math.multiplyExact(amount, 1000L);
      }
    } catch (NumberFormatException | ArithmeticException e) {
      throw malformed(key, value, "a duration such as 500ms or 10s");
    }
    throw malformed(key, value, "a duration such as 500ms or 10s");
  }

  /** Bytes of {@code 4096}, {@code 512k}, {@code 64m} or {@code 1g}. */
  static long bytes(String key, String value, long min) {
    String expected = "bytes such as 4096, 512k or 64m, at least " + min;
    int unit = UNITS.indexOf(Character.toLowerCase(value.charAt(value.length() - 1)));
    String digits = unit < 0 ? value : value.substring(0, value.length() - 1);
    try {
      long bytes = Math.multiplyExact(Long.parseLong(digits), 1L << (10 * (unit + 1)));
      if (bytes >= min) {
        return bytes;
      }
    } catch (NumberFormatException | ArithmeticException e) {
      throw malformed(key, value, expected);
    }
    throw malformed(key, value, expected);
  }

  /** A share above 0 and at most 1, of {@code 5%} or {@code 0.05}. */
  static double share(String key, String value) {
    boolean percent = value.endsWith("%");
    try {
      double number = Double.parseDouble(percent ? value.substring(0, value.length() - 1) : value);
      double share = percent ? number / 100 : number;
      if (share > 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      throw malformed(key, value, "a share such as 5%, above 0% and at most 100%");
    }
    throw malformed(key, value, "a share such as 5%, above 0% and at most 100%");
  }

  static IllegalArgumentException wrong(String what, String actual, String expected) {
    return new IllegalArgumentException(what + ": actual=" + actual + ", expected=" + expected);
  }

  private static IllegalArgumentException malformed(String key, String value, String expected) {
    return wrong("malformed option", key + "=" + value, expected);
  }
}
