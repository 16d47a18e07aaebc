package dev.heaplight.cli;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration as people type it, {@code 500ms}, {@code 2.5s} or {@code 3m}; in ms. */
final class DurationConverter implements ITypeConverter<Long> {
  /** Text of a time that never comes. */
  static final String NEVER = "never";

  private static final Pattern TEXT = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(ms|s|m|h|)");
  private static final Map<String, Long> UNIT_MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "", 1_000L, "m", 60_000L, "h", 3_600_000L);

  @Override
  public Long convert(String value) {
    if (value.equals(NEVER)) {
      return Long.MAX_VALUE;
    }
    Matcher parts = TEXT.matcher(value);
    if (!parts.matches()) {
      throw new TypeConversionException(
          "expected a duration such as 500ms, 2.5s, 3m or 1h but was '" + value + "'");
    }
    long unit = UNIT_MILLIS.getOrDefault(parts.group(2), 1_000L);
    return new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(unit)).longValue();
  }
}
